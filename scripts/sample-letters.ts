/** Made-up data for every letter and variant: what the preview shows and what the tests of the clauses read. */
import type { Brand } from "../lambdas/domain/brand.ts";
import type { OrderableEmail } from "../lambdas/domain/mail-params.ts";
import type { MailData } from "../lambdas/emails/mail-data.ts";
import { samplesOfEnds } from "./samples/ends.ts";
import { factsFor } from "./samples/facts.ts";
import { samplesOfMoney } from "./samples/money.ts";
import { samplesOfRequest } from "./samples/request.ts";
import { samplesOfShipping } from "./samples/shipping.ts";

export type Samples = {
  readonly [E in OrderableEmail]: Readonly<Record<string, MailData[E]>>;
};

/** All samples for a brand. */
export function sampleLetters(brand: Brand): Samples {
  const facts = factsFor(brand);
  return {
    ...samplesOfRequest(facts),
    ...samplesOfMoney(facts),
    ...samplesOfShipping(facts),
    ...samplesOfEnds(facts),
  };
}

/** One sample of one letter. */
export interface Sample<E extends OrderableEmail = OrderableEmail> {
  readonly email: E;
  readonly name: string;
  readonly data: MailData[E];
}
/** All samples in the order of the letters' numbers. */
export const allSamples = (brand: Brand): readonly Sample[] =>
  Object.entries(sampleLetters(brand))
    .toSorted(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .flatMap(([email, samples]) =>
      Object.entries(samples).map(([name, data]) => ({ email: email as OrderableEmail, name, data })),
    );
