/**
 * CloudFormation's intrinsic functions, resolved to local values across the stacks of one assembly.
 * What it does not know it refuses: a value guessed wrong would only show as a strange failure much later.
 */

export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";

export type Properties = Record<string, unknown>;
export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Metadata?: Properties;
}
export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: unknown }>;
  readonly Conditions?: Record<string, unknown>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Outputs?: Record<
    string,
    { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }
  >;
}
export interface Stack {
  readonly name: string;
  readonly template: Template;
}

/** What `Ref` and `Fn::GetAtt` of a resource are locally. */
export interface Identity {
  readonly ref: (stack: Stack, logicalId: string, resource: Resource) => unknown;
  readonly attribute: (stack: Stack, logicalId: string, resource: Resource, name: string) => unknown;
}

/** Stands for `AWS::NoValue`: whatever holds it leaves it out. */
const NO_VALUE = Symbol("AWS::NoValue");

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown, where: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error(`${where} wants a list`);
  return value;
};

export interface Resolver {
  /** A value of a template with every intrinsic replaced. @throws on one that is not known here. */
  readonly resolve: (stack: Stack, value: unknown) => unknown;
  /** Resolved properties of one resource. */
  readonly properties: (stack: Stack, logicalId: string) => Properties;
}

/** @param stacks all stacks of the assembly: exports of one are imports of another. */
export const createResolver = (stacks: readonly Stack[], identity: Identity): Resolver => {
  const resourceOf = (stack: Stack, logicalId: string): Resource => {
    const resource = stack.template.Resources[logicalId];
    if (!resource) throw new Error(`${stack.name} has no resource ${logicalId}`);
    return resource;
  };

  const pseudo = (stack: Stack, name: string): unknown => {
    switch (name) {
      case "AWS::Region":
        return REGION;
      case "AWS::AccountId":
        return ACCOUNT;
      case "AWS::Partition":
        return "aws";
      case "AWS::URLSuffix":
        return "amazonaws.com";
      case "AWS::StackName":
        return stack.name;
      case "AWS::StackId":
        return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/local`;
      case "AWS::NoValue":
        return NO_VALUE;
      case "AWS::NotificationARNs":
        return [];
      default:
        throw new Error(`pseudo parameter ${name} is not known locally`);
    }
  };

  const reference = (stack: Stack, name: string): unknown => {
    if (name.startsWith("AWS::")) return pseudo(stack, name);
    const parameter = stack.template.Parameters?.[name];
    if (parameter) {
      if (parameter.Default === undefined)
        throw new Error(`parameter ${name} of ${stack.name} has no default`);
      return parameter.Default;
    }
    return identity.ref(stack, name, resourceOf(stack, name));
  };

  const attribute = (stack: Stack, path: readonly unknown[]): unknown => {
    const [logicalId, ...rest] = path.map(String);
    if (logicalId === undefined) throw new Error("Fn::GetAtt without a resource");
    return identity.attribute(stack, logicalId, resourceOf(stack, logicalId), rest.join("."));
  };

  const substitute = (stack: Stack, value: unknown): string => {
    const [text, given] = Array.isArray(value) ? [String(value[0]), value[1]] : [String(value), {}];
    const variables = isObject(given) ? given : {};
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return String(resolve(stack, variables[name]));
      if (name.includes(".")) return String(attribute(stack, name.split(".")));
      return String(reference(stack, name));
    });
  };

  const imported = (name: string): unknown => {
    for (const stack of stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export && resolve(stack, output.Export.Name) === name) return resolve(stack, output.Value);
      }
    }
    throw new Error(`no stack exports ${name}`);
  };

  const stackOutput = (argument: unknown): unknown => {
    if (!isObject(argument)) throw new Error("Fn::GetStackOutput wants an object");
    const stack = stacks.find((one) => one.name === argument["StackName"]);
    const output = stack?.template.Outputs?.[String(argument["OutputName"])];
    if (!stack || !output) {
      throw new Error(
        `no output ${String(argument["OutputName"])} of stack ${String(argument["StackName"])}`,
      );
    }
    return resolve(stack, output.Value);
  };

  const condition = (stack: Stack, value: unknown): boolean => {
    if (typeof value === "string") return condition(stack, stack.template.Conditions?.[value]);
    if (!isObject(value)) throw new Error(`condition not understood: ${JSON.stringify(value)}`);
    const [name = "", argument] = Object.entries(value)[0] ?? [];
    const parts = (): readonly unknown[] => list(argument, name);
    switch (name) {
      case "Condition":
        return condition(stack, String(argument));
      case "Fn::Equals":
        return resolve(stack, parts()[0]) === resolve(stack, parts()[1]);
      case "Fn::Not":
        return !condition(stack, parts()[0]);
      case "Fn::And":
        return parts().every((part) => condition(stack, part));
      case "Fn::Or":
        return parts().some((part) => condition(stack, part));
      default:
        throw new Error(`condition ${name} is not known locally`);
    }
  };

  const call = (stack: Stack, name: string, argument: unknown): unknown => {
    const parts = (): readonly unknown[] => list(resolve(stack, argument), name);
    switch (name) {
      case "Ref":
        return reference(stack, String(argument));
      case "Fn::GetAtt":
        return attribute(stack, typeof argument === "string" ? argument.split(".") : list(argument, name));
      case "Fn::Sub":
        return substitute(stack, argument);
      case "Fn::Join":
        return list(parts()[1], name).map(String).join(String(parts()[0]));
      case "Fn::Split":
        return String(parts()[1]).split(String(parts()[0]));
      case "Fn::Select":
        return list(parts()[1], name)[Number(parts()[0])];
      case "Fn::ImportValue":
        return imported(String(resolve(stack, argument)));
      case "Fn::GetStackOutput":
        return stackOutput(resolve(stack, argument));
      case "Fn::Base64":
        return Buffer.from(String(resolve(stack, argument))).toString("base64");
      case "Fn::GetAZs":
        return ["a", "b", "c"].map((zone) => `${REGION}${zone}`);
      case "Fn::FindInMap": {
        const [map, first, second] = parts().map(String);
        return stack.template.Mappings?.[map ?? ""]?.[first ?? ""]?.[second ?? ""];
      }
      case "Fn::If": {
        const [test, yes, no] = list(argument, name);
        return resolve(stack, condition(stack, test) ? yes : no);
      }
      default:
        throw new Error(`intrinsic function ${name} is not known locally`);
    }
  };

  const resolve = (stack: Stack, value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map((part) => resolve(stack, part)).filter((part) => part !== NO_VALUE);
    }
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const only = entries.length === 1 ? entries[0] : undefined;
    if (only && (only[0] === "Ref" || only[0].startsWith("Fn::"))) return call(stack, only[0], only[1]);
    return Object.fromEntries(
      entries
        .map(([key, part]) => [key, resolve(stack, part)] as const)
        .filter(([, part]) => part !== NO_VALUE),
    );
  };

  const properties = (stack: Stack, logicalId: string): Properties =>
    resolve(stack, resourceOf(stack, logicalId).Properties ?? {}) as Properties;

  return { resolve, properties };
};
