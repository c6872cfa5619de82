/**
 * Comes first in every bundle (`scripts/bundle.ts`): zod compiles each schema at its first use, which a cold start pays
 * for and a warm request hardly notices.
 */
import * as z from "zod";

z.config({ jitless: true });
