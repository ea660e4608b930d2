import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trialQuery } from "../../../api/configurations";
import type { ConfigurationDocument } from "../../../api/document";
import type { DefinitionTest } from "../../../api/service/BackOfficeModel";

const pauseOfTyping = 300;

export interface TrialState {
  /** Of the document as it is, or was a moment ago. */
  result: DefinitionTest | undefined;
  /** Of the last document without a mistake. */
  type: Pick<DefinitionTest, "Properties" | "Navigations">;
  /** The result is that of the document as it is now. */
  isCurrent: boolean;
  error: Error | null;
}

/** What the service says of a document while it is edited. */
export function useTrial(document: ConfigurationDocument, rows: number): TrialState {
  const [settled] = useDebouncedValue(document, pauseOfTyping);
  const { data, error, isPlaceholderData, isFetching } = useQuery(trialQuery(settled, rows));
  const [type, setType] = useState<TrialState["type"]>({ Properties: [], Navigations: [] });
  if (data && data.Problems.length === 0 && (data.Properties !== type.Properties || data.Navigations !== type.Navigations)) setType(data);
  return { result: data, type, isCurrent: settled === document && !isPlaceholderData && !isFetching, error };
}
