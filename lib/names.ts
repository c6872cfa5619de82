/** Names that running executions, restores and people rely on: they never change (design, State machines). */
import { Aws } from "aws-cdk-lib";

export const TABLE_NAME = "after-sales";
/** Bucket names are unique in the world: the account and the region make it so. */
export const BUCKET_NAME = `after-sales-files-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
export const QUEUE_INDEX = "queue";
/** What the queue's index holds of a case or an enquiry beside the keys: what a list shows, and no more; DynamoDB takes 20. */
export const QUEUE_ATTRIBUTES = [
  "schemaVersion",
  "caseId",
  "process",
  "stage",
  "since",
  "contactAt",
  "customer",
  "items",
  "assignee",
  "window",
  "unansweredSince",
  "refundDueSince",
  "verdict",
  "parcels",
  "enquiryId",
  "topic",
  "text",
  "designNumber",
  "receivedAt",
  "answer",
];
export const DUE_INDEX = "due";
export const COMPLIMENTARY_RESIZING = "complimentary-resizing";
export const REPAIR_AND_MAINTENANCE = "repair-and-maintenance";
export const SERVICE_ORDER = "service-order";
/** What is outstanding with the payment provider; the others move cases. */
export const SETTLEMENT = "settlement";
export const CONFIGURATION_SET = "after-sales";
/** Prefixes of the one bucket. */
export const UPLOADS = "uploads/";
export const MEDIA = "media/";
export const DOCUMENTS = "documents/";
/** Days a raw upload lies before it is deleted; what was accepted has a cleaned copy by then. */
export const UPLOAD_DAYS = 7;
