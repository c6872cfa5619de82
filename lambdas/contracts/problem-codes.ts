/** Codes of problems and their HTTP status, for who answers in the service's name without being a function of it. */
export { PROBLEM_STATUS, type ProblemCode } from "../domain/problem.ts";
