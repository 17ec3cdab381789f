/** Keys of `count` and `for_each` in an address; a key may hold dots and brackets (Terraform, "Resource Address"). */
const keys = /\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g;

/**
 * What kind of thing a finding is about: the type of an address, `output`, or the subject itself where it is neither.
 * `module.web["a.b"].aws_lb.front[0]` is an `aws_lb`.
 */
export function subjectKind(subject: string): string {
  if (subject.startsWith("output ")) return "output";
  const address = subject.replace(keys, "").replace(/^(?:module\.[\w-]+\.)+/, "");
  return /^((?:data\.)?[a-z][a-z0-9_]*)\.[\w-]+$/.exec(address)?.[1] ?? subject;
}
