import { queryOptions } from "@tanstack/react-query";
import { allOf, ServiceError, serviceRoot } from "./http";
import { service } from "./service";
import type { Settings } from "./service/BackOfficeModel";

export type { Jobs as Job, LimitState } from "./service/BackOfficeModel";

/** Whether the service can answer requests now, in its own word. It says so to anyone, and with 503 as well. */
export const readinessQuery = queryOptions({
  queryKey: ["state", "readiness"],
  queryFn: async ({ signal }) => {
    try {
      const response = await fetch(new URL("health/ready", serviceRoot), { signal });
      return { isReady: response.ok, status: ((await response.json()) as { status: string }).status };
    } catch (failure) {
      if (signal.aborted) throw failure;
      throw new ServiceError(0, "Unreachable", "The service does not answer. Look whether it runs, and try again.");
    }
  },
  gcTime: 0,
});

export const problemsQuery = queryOptions({
  queryKey: ["state", "problems"],
  queryFn: async ({ signal }) => (await service.DataExchangeConfigurations().DefinitionProblems({ signal })).data.value,
  gcTime: 0,
});

export const myLimitsQuery = queryOptions({ queryKey: ["state", "limits", "mine"], queryFn: async ({ signal }) => (await service.MyLimits({ signal })).data, gcTime: 0 });

export const callerLimitsQuery = queryOptions({ queryKey: ["state", "limits"], queryFn: async ({ signal }) => (await service.CallerLimits({ signal })).data.value, gcTime: 0 });

export const jobsQuery = queryOptions({
  queryKey: ["state", "jobs"],
  queryFn: async ({ signal }) => allOf((await service.Jobs().query((query, job) => query.orderBy(job.StartedAt.desc()).top(100), { signal })).data, signal),
  gcTime: 0,
});

export async function cancelJob(id: string): Promise<void> {
  await service.Jobs(id).Cancel();
}

export type Setting = Settings & { "@odata.etag": string };

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: async ({ signal }) => (await allOf((await service.Settings().query(undefined, { signal })).data, signal)) as unknown as readonly Setting[],
  gcTime: 0,
});

/** @param value Null is what the service was started with. */
export async function changeSetting(setting: Setting, value: string | null): Promise<void> {
  await service.Settings(setting.Name).patch({ Value: value }, { ifMatch: setting["@odata.etag"] });
}
