/** The routes of the simulated Stripe's API: method, path, parameters, and what each does. */
import { randomBytes } from "node:crypto";
import type * as z from "zod";
import { expanded } from "./expand.ts";
import type { Parameter } from "./form.ts";
import { createCreditNote, deleteInvoice, markUncollectible, voidInvoice } from "./invoice-endings.ts";
import type { Json } from "./invoice-shapes.ts";
import {
  createInvoice,
  createItem,
  finalize,
  type InvoiceRules,
  sendInvoice,
  updateInvoice,
} from "./invoices.ts";
import * as params from "./params.ts";
import { type Kind, metadataWith, type StripeRecord } from "./records.ts";
import { createRefund } from "./refunds.ts";
import { noSuch, noSuchParam } from "./refusal.ts";
import { shapeOf } from "./shapes.ts";
import { newId, type Work } from "./work.ts";

export interface RouteRules extends InvoiceRules {
  /** How a refund stands when it is made. */
  readonly refundStatus: () => "succeeded" | "pending";
}

interface Route {
  /** Refuses parameters before anything is done. */
  readonly read: (given: Parameter) => (work: Work, id: string) => Json;
}

interface Listing {
  readonly expand?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/** What a route answers with, some of it in full. */
const answer = (shape: Json, expand: readonly string[] | undefined, work: Work): Json =>
  (expand ?? []).reduce((one, path) => expanded(one, path, work), shape);

const route = <P extends { readonly expand?: readonly string[] | undefined }>(
  schema: z.ZodType<P>,
  act: (work: Work, id: string, given: P) => StripeRecord,
): Route => ({
  read: (parameters) => {
    const given = params.paramsOf(schema, parameters);
    return (work, id) => answer(shapeOf(act(work, id, given), work), given.expand, work);
  },
});

const retrieve = (kind: Kind, name: string = kind): Route =>
  route(params.Nothing, (work, id) => {
    const found = work.find(kind, id);
    if (!found) throw noSuch(name, id, kind === "invoice" ? "invoice" : "id");
    return found;
  });

/** One page of a list, newest first. */
const pageOf = (all: readonly StripeRecord[], given: Listing, url: string, work: Work): Json => {
  const newest = all.toReversed();
  const at = (id: string, param: string): number => {
    const index = newest.findIndex((record) => record.id === id);
    if (index < 0) throw noSuchParam("object", id, param);
    return index;
  };
  const { limit = 10, starting_after, ending_before } = given;
  const after = starting_after === undefined ? 0 : at(starting_after, "starting_after") + 1;
  const before = ending_before === undefined ? newest.length : at(ending_before, "ending_before");
  const from = ending_before === undefined ? after : Math.max(after, before - limit);
  const within = newest.slice(from, before);
  const shape = {
    object: "list",
    data: within.slice(0, limit).map((record) => shapeOf(record, work)),
    has_more: ending_before === undefined ? within.length > limit : from > after,
    url,
  };
  return answer(shape, given.expand, work);
};

const list = <P extends Listing>(
  url: string,
  schema: z.ZodType<P>,
  select: (work: Work, given: P) => readonly StripeRecord[],
): Route => ({
  read: (parameters) => {
    const given = params.paramsOf(schema, parameters);
    return (work) => pageOf(select(work, given), given, url, work);
  },
});

const is = (value: string, wanted: string | undefined): boolean => wanted === undefined || value === wanted;

const customerRoutes: Readonly<Record<string, Route>> = {
  "POST /v1/customers": route(params.CustomerCreate, (work, _, given) =>
    work.put({
      object: "customer",
      id: newId("cus"),
      created: work.now,
      metadata: metadataWith({}, given.metadata),
      name: given.name ?? null,
      email: given.email ?? null,
      phone: given.phone ?? null,
      description: given.description ?? null,
      address: (given.address as Record<string, string> | undefined) ?? null,
      balance: 0,
      invoicePrefix: randomBytes(4).toString("hex").toUpperCase(),
    }),
  ),
  "GET /v1/customers/:id": retrieve("customer"),
  "GET /v1/customers": list("/v1/customers", params.CustomerList, (work, { email }) =>
    work.all("customer").filter((one) => email === undefined || one.email === email),
  ),
};

const invoiceRoutes = (rules: InvoiceRules): Readonly<Record<string, Route>> => ({
  "POST /v1/invoices": route(params.InvoiceCreate, (work, _, given) => createInvoice(work, given, rules)),
  "GET /v1/invoices": list("/v1/invoices", params.InvoiceList, (work, given) =>
    work
      .all("invoice")
      .filter((one) => is(one.customer, given.customer) && is(one.status, given.status))
      .filter((one) => is(one.collectionMethod, given.collection_method)),
  ),
  "GET /v1/invoices/:id": retrieve("invoice"),
  "POST /v1/invoices/:id": route(params.InvoiceUpdate, updateInvoice),
  "POST /v1/invoices/:id/finalize": route(params.Finalize, (work, id) => finalize(work, id, rules)),
  "POST /v1/invoices/:id/send": route(params.Nothing, (work, id) => sendInvoice(work, id, rules)),
  "POST /v1/invoices/:id/void": route(params.Nothing, voidInvoice),
  "POST /v1/invoices/:id/mark_uncollectible": route(params.Nothing, markUncollectible),
  "DELETE /v1/invoices/:id": {
    read: (parameters) => {
      params.paramsOf(params.Nothing, parameters);
      return (work, id) => ({ id: deleteInvoice(work, id).id, object: "invoice", deleted: true });
    },
  },
  "POST /v1/invoiceitems": route(params.InvoiceItemCreate, (work, _, given) => createItem(work, given)),
  "GET /v1/invoiceitems": list("/v1/invoiceitems", params.InvoiceItemList, (work, given) =>
    work
      .all("invoiceitem")
      .filter((one) => is(one.customer, given.customer) && is(one.invoice ?? "", given.invoice)),
  ),
  "GET /v1/invoiceitems/:id": retrieve("invoiceitem", "Invoice Item"),
  "GET /v1/invoice_payments": list("/v1/invoice_payments", params.InvoicePaymentList, (work, given) => {
    if (given.invoice !== undefined && !work.find("invoice", given.invoice))
      throw noSuchParam("invoice", given.invoice, "invoice");
    return work
      .all("invoice_payment")
      .filter((one) => is(one.invoice, given.invoice) && is(one.status, given.status))
      .filter((one) => is(one.paymentIntent, given.payment?.payment_intent));
  }),
  "GET /v1/invoice_payments/:id": retrieve("invoice_payment"),
  "POST /v1/credit_notes": route(params.CreditNoteCreate, (work, _, given) => createCreditNote(work, given)),
  "GET /v1/credit_notes/:id": retrieve("credit_note"),
});

const moneyRoutes = ({ refundStatus }: RouteRules): Readonly<Record<string, Route>> => ({
  "GET /v1/payment_intents/:id": retrieve("payment_intent"),
  "GET /v1/charges/:id": retrieve("charge"),
  "GET /v1/disputes/:id": retrieve("dispute"),
  "POST /v1/refunds": route(params.RefundCreate, (work, _, given) =>
    createRefund(work, given, refundStatus()),
  ),
  "GET /v1/refunds": list("/v1/refunds", params.RefundList, (work, given) =>
    work
      .all("refund")
      .filter((one) => is(one.charge, given.charge) && is(one.paymentIntent, given.payment_intent)),
  ),
  "GET /v1/refunds/:id": retrieve("refund"),
  "GET /v1/events": list("/v1/events", params.EventList, (work, { type }) =>
    work.all("event").filter((one) => is(one.type, type)),
  ),
  "GET /v1/events/:id": retrieve("event"),
});

export interface FoundRoute {
  readonly route: Route;
  /** The object named in the path; empty where there is none. */
  readonly id: string;
}

/** Finds what answers a call; `undefined` where Stripe has no such route, or none that is simulated. */
export const createRoutes = (
  rules: RouteRules,
): ((method: string, path: string) => FoundRoute | undefined) => {
  const all = new Map(Object.entries({ ...customerRoutes, ...invoiceRoutes(rules), ...moneyRoutes(rules) }));
  return (method, path) => {
    const [, version = "", collection = "", id = "", ...rest] = path.split("/");
    const pattern = [version, collection, ...(id === "" ? [] : [":id"]), ...rest].join("/");
    const found = all.get(`${method} /${pattern}`);
    return found && { route: found, id };
  };
};
