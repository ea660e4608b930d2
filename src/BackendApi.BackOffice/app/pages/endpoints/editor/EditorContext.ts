import { createContext, useContext } from "react";
import type { ConfigurationDocument } from "../../../api/document";
import type { DefinitionTest } from "../../../api/service/BackOfficeModel";
import type { Mistakes } from "./mistakes";

/** What every part of the editor works on. */
export interface EditorState {
  document: ConfigurationDocument;
  change: (changes: { [Name in keyof ConfigurationDocument]?: ConfigurationDocument[Name] | undefined }) => void;
  /** All that the database says of the table; undefined where the table is no more. */
  catalogue: ConfigurationDocument | undefined;
  mistakes: Mistakes;
  /** What the endpoint would have, as far as a trial without mistakes has told. */
  type: Pick<DefinitionTest, "Properties" | "Navigations">;
  isNew: boolean;
}

export const EditorContext = createContext<EditorState | null>(null);

export function useEditor(): EditorState {
  const state = useContext(EditorContext);
  if (!state) throw new Error("This stands in an editor only.");
  return state;
}
