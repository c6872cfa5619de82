import type { MediaInspector } from "../../ports/media.ts";
import { cleanMovie } from "./movie.ts";
import { cleanPhoto } from "./photo.ts";
import { typeOf } from "./sniff.ts";

export const inspector: MediaInspector = { typeOf, cleanPhoto, cleanMovie };
