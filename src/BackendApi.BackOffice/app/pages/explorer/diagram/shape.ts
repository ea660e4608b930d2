import type { Model, Navigation } from "../../../api/model";

/** How many entities a navigation leads to. */
export function manyOf({ isCollection, isNullable }: Navigation): string {
  return isCollection ? "*" : isNullable ? "0..1" : "1";
}

/** More sets than are drawn whole: of most of them the key is enough, and of one that is looked for what surrounds it. */
export const isLarge = (model: Model) => model.sets.length + model.singletons.length > 40;
