import type { Clock } from '../loop/ports.ts';
import { SettingsError } from '../nps/settings.ts';
import type { Calls } from './calls.ts';
import { askTheOrg, type Findings } from './probes.ts';
import type { Setup } from './setup.ts';

/** Grants change behind the records' back, so the same records are asked about again: sooner when something was wrong. */
const GOOD_FOR_MS = 10 * 60_000;
const BAD_FOR_MS = 60_000;

/**
 * Setup as the org judges it: a trigger or a routing rule that it could not search carries its problem, settings that it could not use
 * throw. The org is asked when records changed, and again after some minutes of programme time.
 */
export function soundSetup(clock: Clock): (calls: Calls, setup: Setup) => Promise<Setup> {
  let memory: { about: string; findings: Findings; until: number; from: number } | undefined;

  const findingsOn = async (calls: Calls, setup: Setup): Promise<Findings> => {
    const triggers = [...setup.triggers.values()];
    const settings = usable(setup);
    const rules = setup.routingRules;
    const about = JSON.stringify([
      triggers.map(({ name, source, problem }) => [name, source, problem]),
      rules.map(({ name, active, accountCondition, problem }) => [name, active, accountCondition, problem]),
      settings,
    ]);
    const now = clock.now().getTime();
    if (memory?.about === about && now >= memory.from && now < memory.until) return memory.findings;
    const findings = await askTheOrg(calls, triggers, rules, settings);
    const isGood = findings.triggers.size + findings.routingRules.size + findings.settings.length === 0;
    memory = { about, findings, from: now, until: now + (isGood ? GOOD_FOR_MS : BAD_FOR_MS) };
    return findings;
  };

  return async (calls, setup) => {
    const { triggers, routingRules, settings } = await findingsOn(calls, setup);
    return {
      ...setup,
      triggers: new Map(
        [...setup.triggers].map(([key, trigger]) => [
          key,
          { ...trigger, problem: trigger.problem ?? triggers.get(trigger.name) ?? null },
        ]),
      ),
      routingRules: setup.routingRules.map((rule) => ({
        ...rule,
        problem: rule.problem ?? routingRules.get(rule.name) ?? null,
      })),
      settings() {
        if (settings.length > 0) throw new SettingsError(settings);
        return setup.settings();
      },
    };
  };
}

function usable({ settings }: Setup) {
  try {
    return settings();
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}
