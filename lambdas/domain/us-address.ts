/** Where a parcel may be collected and returned (R33), and what the customs papers can print. */
import { type Address, type Contact, STATES } from "./address.ts";
import type { Fault } from "./problem.ts";
import type { State } from "./time-zones.ts";
import { zipIsInState } from "./zip-codes.ts";

/** Territories and freely associated states: a person helps there (R33). */
const TERRITORIES: Readonly<Record<string, string>> = {
  PR: "Puerto Rico",
  VI: "US Virgin Islands",
  GU: "Guam",
  AS: "American Samoa",
  MP: "Northern Mariana Islands",
  UM: "US Minor Outlying Islands",
  FM: "Micronesia",
  MH: "Marshall Islands",
  PW: "Palau",
};
const MILITARY_STATES = ["AA", "AE", "AP"];

const isState = (code: string): code is State => (STATES as readonly string[]).includes(code);

/** Full-width letters and odd spaces as a Japanese keyboard writes them, made plain, for comparing. */
const plain = (text: string): string => text.normalize("NFKC").replace(/\s+/g, " ").trim();

const separator = String.raw`[\s.,_-]*`;
/** P.O. Box in all its spellings; a "Box Elder Road" and the box of a rural route are real places. */
const POST_OFFICE_BOX = [
  new RegExp(String.raw`\bp${separator}[o0]${separator}b${separator}[o0]?${separator}x\b`, "i"),
  new RegExp(String.raw`\bp${separator}[o0]${separator}box(?=\d)`, "i"),
  new RegExp(String.raw`\bp${separator}[o0]${separator}b\b\.?(?=\s*#?\s*\d|\s*$)`, "i"),
  new RegExp(String.raw`\bp${separator}[o0]${separator}(drawer|lock${separator}box|caller|bin)\b`, "i"),
  new RegExp(String.raw`^p${separator}[o0]${separator}#?\s*\d+\s*$`, "i"),
  /\b(post|postal)(\s+office)?[\s.-]*(box|drawer)\b/i,
  /\b(lock|caller|firm)\s*box\b/i,
  /^(box|bx)\s*#?\s*\d+\s*$/i,
  /\bgeneral delivery\b/i,
];
const isPostOfficeBox = (line: string): boolean => POST_OFFICE_BOX.some((one) => one.test(plain(line)));

/** Army, fleet and diplomatic post offices stand where the city would. */
const isMilitaryCity = (city: string): boolean => /^[AFD]\.?P\.?O\.?(\s|,|$)/i.test(plain(city));
const isMilitaryLine = (line: string): boolean =>
  /\b[AFD]PO\s*,?\s*A[AEP]\b|^(PSC|CMR)\s*#?\s*\d+/i.test(plain(line));

/** What Windows-1252 prints beyond Latin-1: the fonts of the papers hold these and no others. */
const WINDOWS_EXTRAS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
const isPrintable = (character: string): boolean =>
  /^[\u0020-\u007e\u00a0-\u00ff]$/.test(character) || WINDOWS_EXTRAS.includes(character);

/** True when the English customs papers can print every character (integrations.md). */
export const isLatinText = (text: string): boolean => [...text.normalize("NFC")].every(isPrintable);

const join = (path: string, field: string): string => (path === "" ? field : `${path}.${field}`);

const latinFaults = (fields: Readonly<Record<string, string | undefined>>, path: string): Fault[] =>
  Object.entries(fields).flatMap(([field, text]) =>
    text === undefined || isLatinText(text)
      ? []
      : [
          {
            path: join(path, field),
            rule: "R33",
            message:
              "The customs papers are in English. Please write this in Latin letters, for example as in your passport.",
          },
        ],
  );

/** `ca` → `CA`, `941101234` → `94110-1234`, full-width forms plain: how an address is kept. */
export const tidyAddress = (address: Address): Address => {
  const zip = plain(address.zip).replace(/^(\d{5})[\s-]?(\d{4})$/, "$1-$2");
  return {
    line1: plain(address.line1),
    ...(address.line2 === undefined ? {} : { line2: plain(address.line2) }),
    city: plain(address.city),
    state: plain(address.state).toUpperCase(),
    zip,
  };
};

const checkState = (state: string, city: string, path: string): Fault[] => {
  const fault = (field: string, message: string): Fault[] => [
    { path: join(path, field), rule: "R33", message },
  ];
  if (MILITARY_STATES.includes(state))
    return fault(
      "state",
      "We cannot ship to or from an APO, FPO or DPO address. Please give a street address in one of the 50 states or DC.",
    );
  if (isMilitaryCity(city))
    return fault(
      "city",
      "We cannot ship to or from an APO, FPO or DPO address. Please give a street address in one of the 50 states or DC.",
    );
  const territory =
    TERRITORIES[state] ?? Object.values(TERRITORIES).find((name) => name.toUpperCase() === state);
  if (territory !== undefined)
    return fault(
      "state",
      `Shipping from ${territory} needs arrangements of its own. Please write to us; one of our representatives will help you.`,
    );
  return isState(state)
    ? []
    : fault("state", "Please give the two letters of one of the 50 states or DC, for example CA.");
};

/** What keeps a parcel from going there (R33); empty: nothing. Paths begin with `path`. */
export const checkAddress = (given: Address, path = "address"): Fault[] => {
  const address = tidyAddress(given);
  const faults = checkState(address.state, address.city, path);
  for (const field of ["line1", "line2"] as const) {
    const line = address[field];
    if (line === undefined) continue;
    if (isPostOfficeBox(line))
      faults.push({
        path: join(path, field),
        rule: "R33",
        message: "FedEx cannot collect from or deliver to a PO box. Please give a street address.",
      });
    else if (isMilitaryLine(line))
      faults.push({
        path: join(path, field),
        rule: "R33",
        message: "We cannot ship to or from an APO, FPO or DPO address. Please give a street address.",
      });
  }
  if (!/^\d{5}(-\d{4})?$/.test(address.zip))
    faults.push({
      path: join(path, "zip"),
      rule: "R33",
      message: "Please give the ZIP code as five digits, or as ZIP+4, for example 94110-1234.",
    });
  else if (isState(address.state) && !zipIsInState(address.zip, address.state))
    faults.push({
      path: join(path, "zip"),
      rule: "R33",
      message: `The ZIP code ${address.zip} is not in ${address.state}. Please check both.`,
    });
  const { line1, line2, city } = address;
  return [...faults, ...latinFaults({ line1, line2, city }, path)];
};

/** Name, address and telephone together; paths are those of `POST /case/shipping-details`, or begin with `path`. */
export const checkContact = (contact: Contact, path = ""): Fault[] => [
  ...latinFaults({ name: contact.name }, path),
  ...checkAddress(contact.address, join(path, "address")),
];
