import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { Navigation } from "../../api/model";

/** Where navigations lead, one behind the other. */
export function Relations({ navigations }: { navigations: readonly Navigation[] }) {
  return navigations.map((navigation, at) => (
    <Fragment key={navigation.name}>
      {at > 0 && ", "}
      {navigation.target ? (
        <Link to="/explorer/$set" params={{ set: navigation.target }}>
          {navigation.name}
        </Link>
      ) : (
        navigation.name
      )}
      {navigation.isCollection && " (many)"}
    </Fragment>
  ));
}
