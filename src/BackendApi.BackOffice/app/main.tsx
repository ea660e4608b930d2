import { RouterProvider } from "@tanstack/react-router";
import { queries, show } from "./application";
import { createAppRouter } from "./routes";

show(<RouterProvider router={createAppRouter(queries)} />);
