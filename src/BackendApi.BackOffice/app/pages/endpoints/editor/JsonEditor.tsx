import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { codeFolding, foldGutter, foldKeymap } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { appearance } from "../../../shell/codeMirror";

interface JsonEditorProps {
  initial: string;
  attributes: Readonly<Record<string, string>>;
  onChange: (text: string) => void;
}

/** JSON to write. The text is the editor's own once it is there. */
export default function JsonEditor({ initial, attributes, onChange }: JsonEditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const described = useRef(new Compartment());
  const latest = useRef({ initial, onChange });
  useEffect(() => {
    latest.current.onChange = onChange;
  });

  useEffect(() => {
    const editor = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: latest.current.initial,
        extensions: [
          appearance,
          json(),
          lineNumbers(),
          codeFolding(),
          foldGutter(),
          history(),
          EditorView.lineWrapping,
          described.current.of([]),
          // Without the tab key, which leads on.
          keymap.of([...foldKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => update.docChanged && latest.current.onChange(update.state.doc.toString())),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  const told = JSON.stringify(attributes);
  useEffect(() => {
    view.current!.dispatch({ effects: described.current.reconfigure(EditorView.contentAttributes.of(JSON.parse(told))) });
  }, [told]);

  return <div ref={parent} />;
}
