import { AppShell, Burger, Button, Divider, Group, Menu, NavLink, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Fragment, lazy, Suspense, useEffect, useRef } from "react";
import { serviceRoot } from "../api/http";
import { modelQuery } from "../api/model";
import { forget, sessionQuery, signOut, type Session } from "../api/session";
import { SignInPage } from "../pages/sign-in/SignInPage";
import { isDemoShopQuery, useTourProgress } from "../pages/tour/progress";
import { ColorScheme } from "./ColorScheme";
import { destinationsIn, refusedAt } from "./navigation";
import { Failure, Pending, Refused } from "./Outcomes";
import classes from "./Shell.module.css";
import { useHeadings } from "./useHeadings";
import { Working } from "./Working";

const Tour = lazy(() => import("../pages/tour/Tour"));

export function Shell() {
  return (
    <Suspense fallback={<Pending />}>
      <SignedIn />
    </Suspense>
  );
}

function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return session ? <Frame session={session} /> : <SignInPage />;
}

function Frame({ session }: { session: Session }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const main = useRef<HTMLElement>(null);
  useSessionEnd(session);
  const queries = useQueryClient();
  const ending = useMutation({ mutationFn: signOut, onSuccess: () => forget(queries) });
  const { data: model } = useSuspenseQuery(modelQuery);
  // Of the page that is shown: the address runs ahead while another one is fetched.
  const pathname = useRouterState({ select: (state) => state.matches.at(-1)?.pathname ?? state.location.pathname });
  const refused = refusedAt(pathname, model);
  useHeadings(main);
  const hasTour = useQuery({ ...isDemoShopQuery, enabled: model.set("DataExchangeConfigurationVersions") !== undefined && model.set("ApiKeys") !== undefined }).data ?? false;
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !isOpen } }} padding="md">
      <Working />
      <AppShell.Header>
        {/* Not a link to a place: the base of the page's addresses is another one. */}
        <button type="button" className={classes["skip"]} onClick={() => main.current?.focus()}>
          Skip to the content
        </button>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" aria-expanded={isOpen} aria-controls="pages" />
            <Text component={Link} to="/" fw={600} className={classes["home"]}>
              Back Office
            </Text>
          </Group>
          <Group wrap="nowrap" gap="sm">
            <ColorScheme />
            <AccountMenu userName={session.userName} hasTour={hasTour} isEnding={ending.isPending} onSignOut={() => ending.mutate()} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar id="pages" p="xs" aria-label="Pages" onKeyDown={(event) => event.key === "Escape" && close()}>
        {destinationsIn(model).map((each, index, all) => (
          <Fragment key={each.to}>
            {each.group !== all[index - 1]?.group && (
              <Text size="xs" c="dimmed" px="sm" pt={index > 0 ? "md" : 0}>
                {each.group}
              </Text>
            )}
            <NavLink component={Link} to={each.to} label={each.label} onClick={close} activeProps={{ "data-active": true, "aria-current": "page" }} />
          </Fragment>
        ))}
        <Divider my="xs" />
        <NavLink href={new URL("docs/", serviceRoot).href} label="API documentation" />
      </AppShell.Navbar>
      {hasTour && (
        <Suspense>
          <Tour userName={session.userName} />
        </Suspense>
      )}
      <AppShell.Main ref={main} tabIndex={-1} className={classes["main"]!}>
        {ending.error && <Failure error={ending.error} reset={() => ending.mutate()} />}
        <Suspense fallback={<Pending />}>
          {refused ? <Refused what={refused.label} set={refused.needs} /> : <Outlet />}
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

/** The longest wait of a timer, some 24 days. */
const longestWait = 2 ** 31 - 1;

function useSessionEnd(session: Session) {
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setTimeout(() => forget(queries), Math.min(longestWait, Date.parse(session.expiresAt) - Date.now()));
    return () => clearTimeout(timer);
  }, [queries, session]);
}

interface AccountMenuProps {
  userName: string;
  hasTour: boolean;
  isEnding: boolean;
  onSignOut: () => void;
}

function AccountMenu({ userName, hasTour, isEnding, onSignOut }: AccountMenuProps) {
  const [, setTour] = useTourProgress(userName);
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" maw={200} loading={isEnding} aria-label={`Account of ${userName}`}>
          {userName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account">
          My account
        </Menu.Item>
        {hasTour && <Menu.Item onClick={() => setTour("offered")}>Take the tour</Menu.Item>}
        <Menu.Divider />
        <Menu.Item onClick={onSignOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
