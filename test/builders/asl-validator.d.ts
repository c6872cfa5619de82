declare module "asl-validator" {
  interface Verdict {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
  }
  const validate: (definition: unknown) => Verdict;
  export default validate;
}
