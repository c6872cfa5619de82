/** What to do next, in plain words. */
import { html, page } from "./page.ts";

export interface HomeFacts {
  readonly origin: string;
  readonly now: string;
  readonly mails: number;
  /** Pages that exist: request form, staff console. */
  readonly pages: readonly { readonly path: string; readonly title: string }[];
  readonly hasOpenApi: boolean;
}

export const homePage = ({ origin, now, mails, pages, hasOpenApi }: HomeFacts): string =>
  page(
    "After-sales service, on this machine",
    html`<h1>The after-sales service is running on this machine</h1>
<p>Nothing here reaches the internet: mails stay in the inbox below, FedEx and the payment provider are simulated.</p>
<h2>What to do next</h2>
<ul class="list">
${pages.map((one) => html`<li><a href="${one.path}"><strong>${one.title}</strong><span class="soft">${origin}${one.path}</span></a></li>`)}
<li><a href="/local/inbox"><strong>Read the inbox</strong><span class="soft">${mails} ${mails === 1 ? "mail" : "mails"} so far; customers' links are in them</span></a></li>
${hasOpenApi && html`<li><a href="/docs/openapi.json"><strong>See every route of the API</strong><span class="soft">OpenAPI, at ${origin}/v1</span></a></li>`}
<li><a href="/v1/designs/R-1001"><strong>Try the API: a design of the sample catalogue</strong><span class="soft">GET /v1/designs/R-1001</span></a></li>
</ul>
<h2>Open a case</h2>
<pre>curl -s ${origin}/v1/cases -H 'Idempotency-Key: first' -H 'Content-Type: application/json' -d '{
  "process": "complimentary-resizing",
  "customer": {"name": "Ada Example", "email": "ada@example.com"},
  "items": [{"design": "Asanoha Band", "designNumber": "R-1001", "serialNumber": "SN-1",
             "sizeAtPurchase": 11, "desiredSize": 12, "deliveryDate": "${now.slice(0, 10)}"}],
  "order": {}
}'</pre>
<p>Her link comes by mail, seconds later. To act as staff, ask for a token:</p>
<pre>curl -s ${origin}/local/staff-tokens -d '{"name": "Rin", "groups": ["representative"]}'</pre>
<h2>Time</h2>
<p>For the service it is <strong id="now">${now}</strong>. Time can be moved forward; what falls due on the way happens in its order.</p>
<p><button data-advance="PT1H">1 hour</button><button data-advance="P1D">1 day</button><button data-advance="P7D">7 days</button><button data-advance="P14D">14 days</button></p>
<script>
for (const button of document.querySelectorAll("[data-advance]")) button.onclick = async () => {
  button.disabled = true;
  const answer = await fetch("/local/clock", {method: "POST", body: JSON.stringify({advance: button.dataset.advance})});
  if (answer.ok) document.getElementById("now").textContent = (await answer.json()).now;
  button.disabled = false;
};
</script>`,
  );
