import { Anchor, Box, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { serviceRoot } from "../../api/http";
import { sessionQuery } from "../../api/session";
import { ColorScheme } from "../../shell/ColorScheme";
import { Failure, Pending } from "../../shell/Outcomes";
import { SignInPage } from "../sign-in/SignInPage";

const Explorer = lazy(() => import("./Explorer").then((module) => ({ default: module.Explorer })));

/** What the signed-in user may use of the service, as `/openapi.json` describes it, to read and to try. */
export function DocumentationPage() {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <Pending />;
  if (session.error) return <Failure error={session.error} reset={() => void session.refetch()} />;
  if (!session.data) return <SignInPage />;
  return (
    <>
      <Box component="header" px="md" py="xs">
        <Group justify="space-between">
          <Anchor href={new URL("backoffice/", serviceRoot).href}>Back Office</Anchor>
          <Group gap="sm">
            <Text size="sm" visibleFrom="xs">
              {session.data.userName}
            </Text>
            <ColorScheme />
          </Group>
        </Group>
        <Title order={1}>API documentation</Title>
        <Text>
          What you may use, in both dialects, as it is now. Generators of clients read <Anchor underline="always" href={new URL("openapi.json", serviceRoot).href}>openapi.json</Anchor>. What is tried here is done.
        </Text>
      </Box>
      <Suspense fallback={<Pending />}>
        <Explorer key={session.data.userName} />
      </Suspense>
    </>
  );
}
