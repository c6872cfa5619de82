/** What may be asked for in the paid process, and what contradicts itself (R23, R24, R18). */
import type { Brand } from "./brand.ts";
import type { Design, Service } from "./design.ts";
import type { Fault } from "./problem.ts";
import { outcomeOf } from "./ring-size.ts";

/** An item as it is asked for. */
export interface Wish {
  readonly services?: readonly Service[] | undefined;
  readonly engraving?: string | undefined;
  readonly description?: string | undefined;
  readonly desiredSize?: number | "unknown" | undefined;
}

export const isSizeService = (service: Service): boolean =>
  service === "paid-resizing" || service === "paid-exchange";
const isEngraved = (service: Service): boolean => service === "engraving" || service === "re-engraving";

/** Of an item in the paid process: a size without a word for the service comes from the other process. */
export const changesSize = ({ services = [], desiredSize }: Wish): boolean =>
  services.some(isSizeService) || (services.length === 0 && desiredSize !== undefined);

/** Services that cannot both be done to one piece, and what to ask for instead. */
const CONTRADICTIONS: readonly (readonly [Service, Service, string])[] = [
  [
    "paid-resizing",
    "paid-exchange",
    "a ring is either resized or exchanged: please choose one; the design decides which is possible",
  ],
  ["engraving", "re-engraving", "an engraving is either the first or a new one: please choose one"],
  [
    "engraving",
    "engraving-erasure",
    "to have an engraving replaced by another, please choose re-engraving alone",
  ],
  ["engraving-erasure", "re-engraving", "re-engraving includes the erasure: please choose it alone"],
];

const servicesFaults = ({ services = [] }: Wish, path: string): Fault[] => [
  ...services.flatMap((service, index): Fault[] =>
    services.indexOf(service) < index
      ? [{ path: `${path}.services[${index}]`, message: "this service is named twice", rule: "R24" }]
      : [],
  ),
  ...CONTRADICTIONS.flatMap(([one, other, message]): Fault[] =>
    services.includes(one) && services.includes(other)
      ? [{ path: `${path}.services`, message, rule: "R24" }]
      : [],
  ),
];

/** The text as it is engraved and printed: without the space around it. Empty where there is none. */
export const engravingText = (engraving: string | undefined): string =>
  (engraving ?? "").trim().normalize("NFC");

/** Characters as a reader counts them: a letter with its accent is one, and so is an emoji. */
const characterSegments = new Intl.Segmenter("en", { granularity: "grapheme" });
const charactersOf = (text: string): string[] =>
  Array.from(characterSegments.segment(text), ({ segment }) => segment);

/** What cannot be seen is called by a name. */
const shown = (character: string): string => {
  if (/^[\r\n]+$/.test(character)) return "a line break";
  return /^[\p{Z}\p{C}]+$/u.test(character)
    ? "a special space, or a character that cannot be seen"
    : character;
};

/** The engraver's characters and length, and no text without its service (R23). */
function engravingFaults(
  { services = [], engraving }: Wish,
  { characters, maxLength }: Brand["engraving"],
  path: string,
): Fault[] {
  const at = `${path}.engraving`;
  const text = charactersOf(engravingText(engraving));
  if (text.length === 0) return [];
  if (!services.some(isEngraved))
    return [
      {
        path: at,
        message: "a text is engraved with the service engraving or re-engraving: please choose one",
        rule: "R23",
      },
    ];
  const faults: Fault[] = [];
  if (text.length > maxLength)
    faults.push({
      path: at,
      message: `at most ${maxLength} characters can be engraved; this text has ${text.length}`,
      rule: "R23",
    });
  const impossible = text.filter((character) => character !== " " && !characters.includes(character));
  if (impossible.length > 0)
    faults.push({
      path: at,
      message: `these characters cannot be engraved: ${[...new Set(impossible.map(shown))].join(" ")}`,
      rule: "R23",
    });
  return faults;
}

/** A size without a service that changes it (R23); that it is not known is no wish for one. */
export const sizeFaults = ({ services = [], desiredSize }: Wish, path: string): Fault[] =>
  services.length > 0 && !services.some(isSizeService) && typeof desiredSize === "number"
    ? [
        {
          path: `${path}.desiredSize`,
          message: "a size goes with paid resizing or paid exchange: please choose one of them",
          rule: "R23",
        },
      ]
    : [];

/** What contradicts itself in a wish for paid services, with the path of each fault (R18, R23, R24). */
export const wishFaults = (wish: Wish, { engraving }: Pick<Brand, "engraving">, path: string): Fault[] => [
  ...servicesFaults(wish, path),
  ...engravingFaults(wish, engraving, path),
  ...sizeFaults(wish, path),
];

/** What must be there to file (R23): at least one service, a description of what is wished, the text to engrave. */
export function wishGaps({ services = [], description, engraving }: Wish, path: string): Fault[] {
  const gap = (field: string, message: string): Fault => ({
    path: `${path}.${field}`,
    message,
    rule: "R23",
  });
  return [
    ...(services.length === 0 ? [gap("services", "please choose at least one service")] : []),
    ...((description ?? "").trim() === ""
      ? [gap("description", "please describe what you would like done")]
      : []),
    ...(services.some(isEngraved) && engravingText(engraving) === ""
      ? [gap("engraving", "please tell us the text to engrave")]
      : []),
  ];
}

/** What the complimentary process does not do: anything but a change of size (R9). */
export const beyondSize = ({ services = [], engraving }: Wish, path: string): Fault[] => {
  const message =
    "only a change of size is complimentary: please ask for repair and maintenance to have anything else done";
  return [
    ...services.flatMap((service, index) =>
      isSizeService(service) ? [] : [{ path: `${path}.services[${index}]`, message, rule: "R9" }],
    ),
    ...(engravingText(engraving) === "" ? [] : [{ path: `${path}.engraving`, message, rule: "R9" }]),
  ];
};

/** The services of a request that comes from the complimentary process: its change of size, by the design (R21). */
export const servicesAfterConversion = (
  services: readonly Service[] = [],
  design: Design | undefined,
): readonly Service[] => {
  if (services.some(isSizeService)) return services;
  return [...services, design && outcomeOf(design) === "exchange" ? "paid-exchange" : "paid-resizing"];
};
