import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { modelQuery } from "../../../api/model";
import { ExpressionInput } from "../../../shell/expressions/ExpressionInput";
import { useEditor } from "./EditorContext";
import { idOf } from "./mistakes";

interface ExpressionProps {
  /** Its place in the document. */
  path: string;
  label: string;
  description: string;
  value: string;
  onChange: (value: string) => void;
}

/** An expression over the properties that the endpoint would have. */
export function Expression({ path, ...props }: ExpressionProps) {
  const { mistakes, type } = useEditor();
  const { data: model } = useSuspenseQuery(modelQuery);
  const scope = useMemo(() => {
    const properties = type.Properties.map((property) => ({ name: property.Name, type: property.Type, isCollection: property.Type.startsWith("Collection("), isNullable: property.IsNullable, annotations: {} }));
    const navigations = type.Navigations.flatMap((navigation) => {
      const target = model.set(navigation.Target);
      return target ? [{ name: navigation.Name, type: target.type, isCollection: navigation.IsCollection, isNullable: true }] : [];
    });
    return { model, type: { properties, navigations } };
  }, [model, type]);
  return (
    <div id={idOf(path)} tabIndex={-1}>
      <ExpressionInput {...props} language="filter" scope={scope} isMultiline error={mistakes.at(path)} />
    </div>
  );
}
