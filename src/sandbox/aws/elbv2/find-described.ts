/** How the Describe actions of elbv2 choose what to tell (elbv2 API reference, DescribeLoadBalancers). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, texts, type Input } from "../input";
import { page, type Page } from "../page";
import type { CallContext } from "../service";

interface Described {
  readonly arn: string;
  readonly name: string;
}

export interface Selection {
  /** Members of the input that list ARNs and names. */
  readonly arns: string;
  readonly names: string;
  /** Code of the error about one that is not there. */
  readonly notFound: string;
}

/** A page of those asked for by ARN or name; an unknown one fails the whole request. All if none was asked for. */
export function findDescribed<T extends Described>(
  all: Iterable<T>,
  input: Input,
  selection: Selection,
  { pageSize }: CallContext,
): Page<T> {
  return page(select([...all], input, selection), {
    token: optionalText(input, "Marker"),
    size: pageSize(optionalNumber(input, "PageSize"), 400),
    idOf: (item: T) => item.arn,
  });
}

function select<T extends Described>(
  known: readonly T[],
  input: Input,
  { arns, names, notFound }: Selection,
): readonly T[] {
  const wantedArns = texts(input, arns);
  const wantedNames = texts(input, names);
  if (wantedArns.length === 0 && wantedNames.length === 0) return known;
  const find = (matches: (item: T) => boolean, wanted: string) => {
    const item = known.find(matches);
    if (item) return item;
    throw new AwsError(notFound, `One or more of these do not exist: ${wanted}`);
  };
  return [
    ...wantedArns.map((arn) => find((item) => item.arn === arn, arn)),
    ...wantedNames.map((name) => find((item) => item.name === name, name)),
  ];
}
