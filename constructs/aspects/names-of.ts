import type { IConstruct } from "constructs";
import { UnexpiredCertificate } from "../bindings/unexpired-certificate";
import { AcmCertificate } from "../engine";
import { isUnknown } from "../is-unknown";

/** Names of a certificate's resource that are known at synthesis, each once; undefined of anything else. */
export function namesOf(node: IConstruct): readonly string[] | undefined {
  const names = namesDeclared(node);
  if (names === undefined || isUnknown(names)) return undefined;
  return [...new Set(names.filter((name) => !isUnknown(name)))];
}

function namesDeclared(node: IConstruct): readonly string[] | undefined {
  if (node instanceof UnexpiredCertificate) return node.domainNames;
  if (!(node instanceof AcmCertificate)) return undefined;
  const { domainNameInput: first, subjectAlternativeNamesInput: more } = node;
  return isUnknown(more) ? [first ?? ""] : [...(first === undefined ? [] : [first]), ...(more ?? [])];
}
