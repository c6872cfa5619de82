import { formatUsd } from "../../domain/money.ts";
import type { Email } from "../email.ts";
import { facts, heading, link, list, note, p, say, strong, under } from "../letter.ts";
import { day, exchangedOf, names, parcelOf, piece, trackingPage, until } from "../wording.ts";

/** E10: label and commercial invoice as two PDFs, and all that packing and shipping needs (R43, R49–R54, R57, R58). */
export const e10: Email<"E10"> = {
  en: (data) => ({
    subject: `Your FedEx label and commercial invoice (${data.caseId})`,
    preheader: `Please ship on ${day("en", data.shipDate)}. How to pack is in this mail.`,
    title: data.reissued ? "Your new shipping documents" : "Everything is ready for shipping",
    body: [
      under(
        "R43",
        p`Attached to this email you find two files: the ${strong("FedEx label")} (label.pdf) and the ${strong("commercial invoice")} (commercial-invoice.pdf). Please print both. The label goes on the outside of the package; the invoice is handed to FedEx with it.`,
      ),
      data.reissued &&
        note`These documents replace the ones we sent before. Please use only these and throw the former ones away.`,
      facts([
        ...data.items.map((item) => ["To be sent", say`${piece("en", item)}`] as const),
        ["Ship date", say`${day("en", data.shipDate)}`],
        ["FedEx tracking number", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
        ["Invoice number", say`${data.invoiceNumber}`],
        [
          "Transport insurance",
          say`${formatUsd(data.insuredCents, "en")} (${data.insurance.insurer}, policy ${data.insurance.policyReference})`,
        ],
      ]),
      heading("Packing"),
      under(
        ["R49", "R50"],
        p`Please pack as shown ${link("in our packing video", data.links.packingVideo)}. If the package is packed in another way, the insurance may not cover a loss.`,
      ),
      under(
        ["R51", "R52", "R57"],
        list([
          say`The package may measure and weigh at most ${parcelOf("en", data.limits)}.`,
          say`The original Certificate of Authenticity must go into the package.`,
          say`Please send only the jewelry, its pouch and the certificate. These are the only things we return; boxes and anything else in the package are not sent back.`,
        ]),
      ),
      data.process === "repair-and-maintenance" &&
        under(
          "R40",
          p`Should the package exceed these limits and its shipping therefore cost more than was billed in advance, we charge the difference, and the return waits for it; otherwise nothing is added.`,
        ),
      exchangedOf(data.items).length > 0 &&
        under(
          "R11",
          p`Exchange (${names("en", exchangedOf(data.items))}): ${data.brandName} keeps the ring you send us, and returns a new one in its place.`,
        ),
      heading("Shipping"),
      under(
        "R34",
        p`Please hand the package to FedEx on the ship date above. If you cannot keep that day, choose another on the page of your case and we will issue new documents.`,
      ),
      under(
        "R54",
        note`${data.brandName} is not responsible for loss of or damage to the package in shipping. Transport insurance has been applied for with the amount above.`,
      ),
      under(
        "R53",
        p`When the package has been sent, please tell us on the page of your case${data.deadline ? `, at the latest by ${until("en", data.deadline)}` : ""}.`,
      ),
      under("R58", p`Your jewelry will be returned to an address within the United States.`),
    ],
    button: "I have sent the package",
  }),
  ja: (data) => ({
    subject: `FedExラベルとコマーシャルインボイスをお送りします（${data.caseId}）`,
    preheader: `ご発送日は${day("ja", data.shipDate)}です。梱包方法もあわせてご確認ください。`,
    title: data.reissued ? "発送書類を再発行いたしました" : "ご発送の準備が整いました",
    body: [
      under(
        "R43",
        p`このメールに、${strong("FedExのラベル")}（label.pdf）と${strong("コマーシャルインボイス")}（commercial-invoice.pdf）の二点を添付しております。両方とも印刷し、ラベルはお荷物の外側に貼り、インボイスはお荷物とともにFedExへお渡しください。`,
      ),
      data.reissued &&
        note`今回の書類は、以前お送りしたものに代わるものです。以前の書類は破棄し、必ず今回の書類をお使いください。`,
      facts([
        ...data.items.map((item) => ["お送りいただくお品物", say`${piece("ja", item)}`] as const),
        ["ご発送日", say`${day("ja", data.shipDate)}`],
        ["FedEx追跡番号", say`${link(data.trackingNumber, trackingPage(data.trackingNumber))}`],
        ["インボイス番号", say`${data.invoiceNumber}`],
        [
          "輸送保険",
          say`${formatUsd(data.insuredCents, "ja")}（${data.insurance.insurer}、証券番号 ${data.insurance.policyReference}）`,
        ],
      ]),
      heading("梱包について"),
      under(
        ["R49", "R50"],
        p`${link("梱包方法の動画", data.links.packingVideo)}のとおりに梱包してください。これと異なる方法で梱包された場合、紛失などの際に保険が適用されないことがございます。`,
      ),
      under(
        ["R51", "R52", "R57"],
        list([
          say`お荷物は、${parcelOf("ja", data.limits)}以内に収めてください。`,
          say`証明書（Certificate of Authenticity）の原本を必ず同封してください。`,
          say`お入れいただくのは、ジュエリー、ポーチ、証明書のみでお願いいたします。ご返送できるのはこの三点だけで、箱などそのほかのものはお返しいたしかねます。`,
        ]),
      ),
      data.process === "repair-and-maintenance" &&
        under(
          "R40",
          p`お荷物がこの上限を超え、送料が事前のご請求額を上回った場合に限り、その差額をご請求し、お支払いの確認後にご返送いたします。それ以外に追加の費用はございません。`,
        ),
      exchangedOf(data.items).length > 0 &&
        under(
          "R11",
          p`交換（${names("ja", exchangedOf(data.items))}）：お送りいただくリングは${data.brandName}が引き取らせていただき、代わりに新しいリングをお届けいたします。`,
        ),
      heading("ご発送について"),
      under(
        "R34",
        p`上記のご発送日に、お荷物をFedExへお渡しください。ご都合が悪くなった場合は、お客様専用ページで別の日をお選びいただければ、書類を再発行いたします。`,
      ),
      under(
        "R54",
        note`配送中の紛失・破損について、${data.brandName}は責任を負いかねます。輸送保険は、上記の金額にてお申し込み済みです。`,
      ),
      under(
        "R53",
        p`お荷物をお出しになりましたら、${data.deadline ? `${until("ja", data.deadline)}までに` : ""}お客様専用ページよりお知らせください。`,
      ),
      under("R58", p`お品物のご返送先は、アメリカ国内のご住所に限らせていただきます。`),
    ],
    button: "発送したことを知らせる",
  }),
};
