/** Where a mailed link leads while there is no status page: the case as the API tells it. */
import { html, page } from "./page.ts";

export const casePage = (): string =>
  page(
    "Your case",
    html`<p><a href="/local/">Local cloud</a></p>
<h1>Your case</h1>
<p>There is no page for customers here yet. This is what the API answers to the link you followed:</p>
<pre id="answer">…</pre>
<p>The same from a command line:</p>
<pre id="command"></pre>
<script>
const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
document.getElementById("command").textContent = "curl -s " + location.origin + "/v1/case -H 'Authorization: Bearer " + token + "'";
fetch("/v1/case", { headers: { authorization: "Bearer " + token } })
  .then((answer) => answer.json())
  .then((body) => { document.getElementById("answer").textContent = JSON.stringify(body, null, 2); });
</script>`,
  );
