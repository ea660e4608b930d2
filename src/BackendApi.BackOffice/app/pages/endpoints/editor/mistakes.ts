import type { DefinitionProblem as Problem } from "../../../api/service/BackOfficeModel";

/** Something that is wrong at a place of a document, such as `fields[3].validation.min`. */
export interface Mistake {
  path: string;
  message: string;
}

/** What is wrong with the document that is edited, and with others because of it. */
export class Mistakes {
  constructor(
    readonly own: readonly Mistake[],
    readonly others: readonly Problem[] = [],
  ) {}

  get count(): number {
    return this.own.length + this.others.length;
  }

  /** What is said of a place and of all within it, for the control that shows the whole of it. */
  at(path: string): string | undefined {
    const found = this.within(path);
    return found.length > 0 ? found.map((mistake) => mistake.message).join("\n") : undefined;
  }

  within(path: string): readonly Mistake[] {
    return this.own.filter((mistake) => isWithin(mistake.path, path));
  }

  /** What is said of a place itself, and of what within it has no control of its own. */
  besides(path: string, shown: readonly string[]): readonly Mistake[] {
    return this.within(path).filter((mistake) => !shown.some((each) => isWithin(mistake.path, `${path}.${each}`)));
  }
}

export function isWithin(path: string, outer: string): boolean {
  return path === outer || (path.startsWith(outer) && /[.[]/.test(path.charAt(outer.length)));
}

/** The mistakes of a document among those that a trial or a refusal names. One without an alias has no other name. */
export function mistakesOf(alias: string, problems: readonly Problem[]): Mistakes {
  const isOwn = (problem: Problem) => problem.Alias === alias || problem.Alias === "";
  return new Mistakes(
    problems.filter(isOwn).map((problem) => ({ path: problem.Path, message: problem.Message })),
    problems.filter((problem) => !isOwn(problem)),
  );
}

/** The details of a refusal: those of other documents begin with their names. */
export function problemsOf(details: readonly { message: string; target?: string }[], alias: string): readonly Problem[] {
  return details.map(({ message, target = "" }) => {
    const named = /^([\w-]+): (.*)$/s.exec(target);
    return { Alias: named?.[1] ?? alias, Path: named?.[2] ?? target, Message: message };
  });
}

/** The control of a place can be found by it. */
export const idOf = (path: string) => `at:${path}`;

/** Sets the focus to the control of a place, or to that of the nearest place around it. */
export function focusAt(path: string): void {
  for (let place = path; place; place = place.replace(/(\.[^.[]*|\[\d+\]|^[^.[]*)$/, "")) {
    const control = document.getElementById(idOf(place));
    if (control) {
      control.scrollIntoView({ block: "center" });
      // Around an editor of expressions stands what has the place.
      (control.querySelector<HTMLElement>("[contenteditable=true]") ?? control).focus();
      return;
    }
  }
}
