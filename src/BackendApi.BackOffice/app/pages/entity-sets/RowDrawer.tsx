import { Drawer } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";

const grid = getRouteApi("/data/$set");

/** Beside the grid, which keeps its place; on a phone over it. Escape leads back. */
export function RowDrawer({ title, children }: { title: string; children: ReactNode }) {
  const search = grid.useSearch();
  const { set } = grid.useParams();
  const navigate = grid.useNavigate();
  return (
    <Drawer opened onClose={() => void navigate({ to: "/data/$set", params: { set }, search })} position="right" size="lg" title={<span data-page-name>{title}</span>} closeButtonProps={{ "aria-label": "Close" }} transitionProps={{ duration: 0 }}>
      {children}
    </Drawer>
  );
}
