import { json } from "@codemirror/lang-json";
import { codeFolding, foldGutter, foldKeymap } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { appearance } from "../../../shell/codeMirror";
import classes from "./Results.module.css";

/** JSON to read: what is nested folds. */
export default function JsonView({ text }: { text: string }) {
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: text,
        extensions: [appearance, json(), lineNumbers(), codeFolding(), foldGutter(), keymap.of(foldKeymap), EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-label": "The answer as JSON", "aria-readonly": "true", tabindex: "0" })],
      }),
    });
    return () => view.destroy();
  }, [text]);
  return <div ref={parent} className={classes["json"]} />;
}
