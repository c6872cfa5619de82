/** The inbox: every mail the service has sent, readable on a telephone. */
import type { ShownMail } from "../mail/present.ts";
import { html, page } from "./page.ts";

const when = (instant: string): string => instant.replace("T", " ").slice(0, 16);

export const inboxPage = (mails: readonly ShownMail[], to: string | undefined): string =>
  page(
    "Inbox",
    html`<p><a href="/local/">Local cloud</a></p>
<h1>${to ? `Mails to ${to}` : "Inbox"}</h1>
${
  mails.length === 0
    ? html`<p>No mail yet. It appears here as soon as the service sends one; reload this page.</p>`
    : html`<ul class="list">${mails.toReversed().map(
        (mail) => html`<li><a href="/local/inbox/${mail.id}">
<strong>${mail.subject}</strong>
<span class="soft">${mail.email} · ${mail.to} · ${when(mail.sentAt)} UTC${
          mail.attachments.length > 0 ? ` · ${mail.attachments.length} attached` : ""
        }</span></a></li>`,
      )}</ul>`
}`,
  );

export const mailPage = (mail: ShownMail): string =>
  page(
    mail.subject,
    html`<p><a href="/local/inbox">Inbox</a></p>
<h1>${mail.subject}</h1>
<p class="soft">${mail.email} · to ${mail.to} · ${when(mail.sentAt)} UTC</p>
${
  mail.attachments.length > 0 &&
  html`<ul class="list">${mail.attachments.map(
    (one) =>
      html`<li><a href="${one.url}"><strong>${one.name}</strong><span class="soft">${one.contentType}</span></a></li>`,
  )}</ul>`
}
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" src="/local/inbox/${mail.id}/html" title="The mail as it is shown"></iframe>
<h2>As text</h2>
<pre style="white-space: pre-wrap">${mail.text}</pre>
<p><a href="/local/inbox/${mail.id}/raw">The raw message (.eml)</a></p>`,
  );

/** The mail's own HTML for the frame: links open outside of it. */
export const mailDocument = (mail: ShownMail): string =>
  mail.html === "" ? page(mail.subject, html`<pre>${mail.text}</pre>`) : `<base target="_top">${mail.html}`;
