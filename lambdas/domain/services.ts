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

/** The engraver's characters and length (R23). */
function engravingFaults(
  { services = [], engraving }: Wish,
  { characters, maxLength }: Brand["engraving"],
  path: string,
): Fault[] {
  const at = `${path}.engraving`;
  const wanted = services.some(isEngraved);
  const text = engraving?.trim() ?? "";
  if (text === "")
    return wanted ? [{ path: at, message: "please tell us the text to engrave", rule: "R23" }] : [];
  if (!wanted)
    return [
      {
        path: at,
        message: "a text is engraved with the service engraving or re-engraving: please choose one",
        rule: "R23",
      },
    ];
  const faults: Fault[] = [];
  const length = [...text].length;
  if (length > maxLength)
    faults.push({
      path: at,
      message: `at most ${maxLength} characters can be engraved; this text has ${length}`,
      rule: "R23",
    });
  const impossible = [...new Set([...text].filter((char) => char !== " " && !characters.includes(char)))];
  if (impossible.length > 0)
    faults.push({
      path: at,
      message: `these characters cannot be engraved: ${impossible.join(" ")}`,
      rule: "R23",
    });
  return faults;
}

/** What contradicts itself in a wish for paid services, with the path of each fault (R18, R23, R24). */
export function wishFaults(wish: Wish, { engraving }: Pick<Brand, "engraving">, path: string): Fault[] {
  const { services = [], desiredSize } = wish;
  const sizeless = services.length > 0 && !services.some(isSizeService);
  return [
    ...servicesFaults(wish, path),
    ...engravingFaults(wish, engraving, path),
    ...(sizeless && typeof desiredSize === "number"
      ? [
          {
            path: `${path}.desiredSize`,
            message: "a size goes with paid resizing or paid exchange: please choose one of them",
            rule: "R23",
          },
        ]
      : []),
  ];
}

/** What must be there to file (R23): at least one service, and a description of what is wished. */
export function wishGaps({ services = [], description }: Wish, path: string): Fault[] {
  return [
    ...(services.length === 0
      ? [{ path: `${path}.services`, message: "please choose at least one service", rule: "R23" }]
      : []),
    ...((description ?? "").trim() === ""
      ? [{ path: `${path}.description`, message: "please describe what you would like done", rule: "R23" }]
      : []),
  ];
}

/** The services of a request that comes from the complimentary process: its change of size, by the design (R21). */
export const servicesAfterConversion = (
  services: readonly Service[] | undefined,
  design: Design | undefined,
): readonly Service[] => {
  if (services && services.length > 0) return services;
  return [design && outcomeOf(design) === "exchange" ? "paid-exchange" : "paid-resizing"];
};
