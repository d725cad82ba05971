"""The generator: a problem in, the best schedule that the time allows out, with what it breaks.

1. A complete schedule by construction (``construct``), within a second or so.
2. If that breaks hard rules: the relaxation and CP-SAT minimise what is broken of them.
3. With that held, CP-SAT minimises the soft and minor penalties, from there.

For a given seed, one worker and a deterministic time the result is always the same.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.construct import Search, starting_states
from schedules.generation.incumbent import Incumbent, OnProgress
from schedules.generation.kinds import State
from schedules.generation.model.encode import Abandoned, Encoder, Hard
from schedules.generation.model.mending import MENDED_CELLS, mended
from schedules.generation.model.neighbourhoods import Neighbourhoods
from schedules.generation.model.prover import Prover
from schedules.generation.model.relaxed import GLOP_CELLS, Decided, Relaxed, decided, relax
from schedules.generation.model.search import (
    Limits,
    OnBound,
    Outcome,
    Value,
    ignore_bound,
    run,
    workers_for,
)
from schedules.generation.model.settling import settled
from schedules.generation.model.totals import Totals
from schedules.generation.problem import Problem
from schedules.generation.results import Progress, Result, Status, changed_cells
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier

ANNEALING = 0.25
"""The share of the time left that large months are annealed for."""

SMALL = 25
"""Up to so many people CP-SAT alone proves the month best within moments."""

PART_WORK = 2.5
"""What a part may take, in CP-SAT's deterministic time: about seconds of an idle core."""

STALLED = 8
"""So many parts one after the other that were no better: two of each sort."""

MARGIN_SECONDS = 0.5
WITHIN_SUPPORT = 0.5
"""The share of the time left that is spent on the choices that the relaxation uses."""

LEADING = 0.2
"""The share of the time left for which the search part by part waits for a schedule among those choices. A month with needs by the hour has none
for long; then the annealed one is a better start than none."""

CANCEL_SECONDS = 1.0


Cancelled = Callable[[], bool]


def never() -> bool:
    """The default of ``should_stop``."""
    return False


def ignore(progress: Progress) -> None:
    """For those who do not want to know."""


class Generation:
    """One run of the generator."""

    def __init__(self, problem: Problem, on_progress: OnProgress, cancelled: Cancelled) -> None:
        self.problem = problem
        self.options = problem.options
        self.cancelled = cancelled
        started = time.monotonic()
        self.deadline = started + self.options.time_limit
        self.compiled = Compiled(problem)
        self.choices = Choices(problem).all()
        self.strict: frozenset[int] = frozenset()
        """Hard terms, by number, that no schedule breaks which breaks as little in all as the best one."""
        scorer = Scorer(problem, compiled=self.compiled)
        scorer.put_all(starting_states(problem, self.choices, scorer.states))
        self.kept = Incumbent(scorer, on_progress, started)
        self.is_bounding = threading.Event()
        """The relaxation is being solved (or has been): Python is free for others."""
        self.has_bound = threading.Event()
        """The relaxation has been solved, or cannot be."""
        self.has_led = threading.Event()
        """The search among the choices that the relaxation uses has its first schedule, or has ended: from there a search part by part comes
        further in a second than that one in ten."""
        self.has_pointed = threading.Event()
        """All that the relaxation can say has been heard."""
        self.has_stalled = threading.Event()
        """Part by part the schedule gets no better: what is left of the gap takes the whole month."""

    def left(self) -> float:
        """Seconds until the deadline; negative after it."""
        return self.deadline - time.monotonic()

    def gives_up(self) -> bool:
        """Whether what is under way is to be left: nobody wants it, or its time is up. No clock is looked at where the run must be repeatable."""
        return self.cancelled() or (self.options.deterministic_time is None and self.left() <= 0)

    def run(self) -> Result:
        """Searches until the deadline, a proof or a cancellation; returns the best schedule."""
        try:
            if self._is_mended:
                self._mend()
            if not self._is_mended or self.kept.score.hard:
                self._construct()
                self._minimise_hard()
                self._minimise_soft()
        except Abandoned:
            pass  # cancelled, or out of time, before a search could begin: the best so far is the answer
        return self._result()

    def _construct(self) -> None:
        """The first schedule. Bounded by steps where the run must be repeatable, otherwise by time as well."""
        if self.gives_up():
            raise Abandoned
        size = len(self.problem.staff)
        search = Search(self.compiled, self.choices, self.options.seed)
        # Of a large month one sweep is enough to begin with: what the relaxation points to is better by far.
        search.descend(self._within(size / 50), sweeps=None if self._is_whole else 1)
        self.kept.found(search.scorer.states)
        search.wander(self._within(0.5 + size / 25), 2000 + 100 * size)
        self.kept.found(search.scorer.states)
        if self.kept.score.hard and not self._is_whole:
            search.descend(self._within(size / 50))
            search.wander(self._within(0.5 + size / 25), 2000 + 100 * size)
            self.kept.found(search.scorer.states)

    @property
    def _is_mended(self) -> bool:
        """Whether a repair looks at what is around the edits alone: there is no time for the whole month."""
        options = self.options
        return options.repair and options.deterministic_time is None and len(self.choices) > MENDED_CELLS

    def _mend(self) -> None:
        self.kept.found(self.kept.best.states)
        self.kept.found(mended(self.kept.best, self.choices, self.options.time_limit, self.gives_up))

    def _within(self, seconds: float) -> Cancelled:
        """Says when a step has had its time, or the run was cancelled."""
        if self.options.deterministic_time is not None:
            return self.cancelled
        until = min(self.deadline, time.monotonic() + min(seconds, self.options.time_limit * 0.2))
        return lambda: time.monotonic() > until or self.cancelled()

    def _limits(self, share: float) -> Limits:
        options = self.options
        return Limits(
            seconds=max(0.05, self.left() * share),
            workers=workers_for(options),
            seed=options.seed,
            deterministic=None if options.deterministic_time is None else options.deterministic_time * share,
        )

    def _minimise_hard(self) -> None:
        if self.kept.score.hard == 0:
            return
        encoder = self._hard_rules(self.choices)
        limits = self._limits(0.5)
        until = time.monotonic() + limits.seconds

        def search() -> None:
            relaxed = None if self._is_whole else self._follow_relaxed_hard(encoder, limits, until)
            if self.kept.score.hard > self.kept.hard_bound:
                self._hint(encoder)
                outcome = self._solve(encoder, "hard", _until(limits, until), self.gives_up)
                self.kept.raise_hard_bound(outcome.bound)
            if relaxed is not None:
                self._leave_out(decided(encoder, relaxed, self.kept.score.hard))

        self._within_time(search, limits)

    def _hard_rules(self, choices: Sequence[tuple[State, ...]]) -> Encoder:
        """The model of what these choices break of the hard rules."""
        encoder = Encoder(self.compiled, choices, soft=False, cancelled=self.gives_up)
        encoder.model.minimize(encoder.penalty(Tier.HARD))
        return encoder

    def _follow_relaxed_hard(self, encoder: Encoder, limits: Limits, until: float) -> Relaxed | None:
        """What must be broken of the hard rules, by the relaxation, and a schedule among the choices that it uses: in most months that breaks
        no more than that, in an eighth of the time that CP-SAT takes to come down to it from the first schedule."""
        relaxed = relax(encoder, until - time.monotonic(), self.gives_up, is_simplex=True)
        if relaxed is None:
            return None
        self.kept.raise_hard_bound(relaxed.bound)
        if self.kept.score.hard > self.kept.hard_bound:
            within = self._hard_rules(relaxed.support)
            self._solve(within, "hard", _until(limits, until, WITHIN_SUPPORT), self.gives_up, is_whole=False)
        return relaxed

    def _leave_out(self, found: Decided) -> None:
        """What would break more of the hard rules than the best schedule does is not looked at any more."""
        states = self.kept.states()
        self.choices = [
            left if now in left else before
            for left, before, now in zip(found.choices, self.choices, states, strict=True)
        ]
        self.strict = found.strict

    def _minimise_soft(self) -> None:
        if self._is_whole:
            encoder = self._whole_month(self.gives_up)
            if self.options.repair:
                self._hint(encoder)
            limits = self._limits(1.0)
            self._within_time(lambda: self._prove(encoder, limits, self.gives_up), limits)
        else:
            self._search_beside_the_bound()

    def _within_time(self, search: Callable[[], None], limits: Limits) -> None:
        """A solver looks at the clock between its steps, which on a busy machine may take long: who waits for it does so no longer than it has
        time. What it finds after that is of no use."""
        if self.options.deterministic_time is not None:
            search()
            return
        prover = Prover(search)
        prover.start()
        until = time.monotonic() + limits.seconds
        while prover.is_alive() and time.monotonic() < until and not self.gives_up():
            prover.join(0.05)
        prover.finish(CANCEL_SECONDS)

    @property
    def _is_whole(self) -> bool:
        """Whether CP-SAT gets the whole month and nobody searches beside it."""
        options = self.options
        return len(self.problem.staff) <= SMALL or options.deterministic_time is not None or options.repair

    def _whole_month(self, cancelled: Cancelled) -> Encoder:
        """The model of the whole month; see ``_month_of``."""
        return self._month_of(self.choices, cancelled)

    def _month_of(self, choices: Sequence[tuple[State, ...]], cancelled: Cancelled) -> Encoder:
        """The model of the soft penalties over these choices, with the hard points of the best schedule held.

        Only a repair gives it the schedule at hand as a hint: from one that is far from the best CP-SAT takes ten times as
        long to a bound.
        """
        held = self.kept.score.hard
        mode = Hard.SLACK if held else Hard.STRICT
        encoder = Encoder(self.compiled, choices, hard=mode, strict=self.strict, cancelled=cancelled)
        if held:
            encoder.model.add(encoder.penalty(Tier.HARD) <= held)
        encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
        return encoder

    def _hint(self, encoder: Encoder) -> None:
        with self.kept.lock:
            encoder.hint(self.kept.best.states, self.kept.best.sums)

    def _prove(self, encoder: Encoder, limits: Limits, cancelled: Cancelled) -> None:
        outcome = self._solve(encoder, "soft", limits, cancelled, self.kept.raise_bound)
        if outcome.found:
            self.kept.raise_bound(outcome.bound)

    def _search_beside_the_bound(self) -> None:
        """Large months: one thread works on the bound and searches where it points; this one anneals while the bound takes long,
        and improves the schedule part by part as soon as that search has one."""
        finished = threading.Event()
        limits = replace(self._limits(1.0), workers=max(1, self._limits(1.0).workers - 1))
        prover = Prover(lambda: self._prove_until(limits, finished))
        prover.start()
        try:
            # Because of the GIL, searching at this point would only delay building the model.
            self._wait_for(self.is_bounding, prover)
            if self._takes_long and not self._is_over(prover):
                self._anneal(prover)
            self._wait_for(self.has_bound, prover)
            self._wait_for(self.has_led, prover, self.left() * LEADING)
            self._improve_by_parts(lambda: self._is_over(prover), self.options.seed)
        finally:
            finished.set()
        # Nobody waits for a solver to come back from a step that it does not interrupt; what it finds then is of no use.
        prover.finish(CANCEL_SECONDS)

    def _wait_for(self, event: threading.Event, prover: Prover, seconds: float = inf) -> None:
        """Until it has come about, for so long at most, or the time is up, or nobody wants it. On a loaded machine a model may take longer than
        there is time."""
        until = time.monotonic() + min(seconds, self.left() - MARGIN_SECONDS)
        while not event.wait(0.05) and not self._is_over(prover) and time.monotonic() < until:
            pass

    @property
    def _takes_long(self) -> bool:
        """Whether the relaxation gives time for something else (or none)."""
        return len(self.choices) > GLOP_CELLS or self.has_pointed.is_set()

    def _prove_until(self, limits: Limits, finished: threading.Event) -> None:
        """The bound of the relaxation first, then a search among the choices that it uses, then CP-SAT on the whole month."""

        def over() -> bool:
            return finished.is_set() or self.gives_up() or self.kept.is_proved

        try:
            month = self._whole_month(over)
            relaxed = relax(month, self.left() - MARGIN_SECONDS, over, self.is_bounding.set)
            self.has_bound.set()
            if relaxed is not None:
                self.kept.raise_bound(relaxed.bound)
                self._follow(month, relaxed, limits, over)
            self.has_led.set()
            self.has_pointed.set()
            if not over():
                self._prove(month, replace(limits, seconds=max(0.05, self.left())), over)
        except Abandoned:
            pass  # nobody wants it any more
        finally:
            self.is_bounding.set()
            self.has_bound.set()
            self.has_led.set()
            self.has_pointed.set()

    def _follow(self, month: Encoder, relaxed: Relaxed, limits: Limits, over: Cancelled) -> None:
        """All that the relaxation can say: where to search first, and how much higher its totals make the bound. Of a large month CP-SAT's
        own relaxation comes to no end, so there this thread goes on part by part like the other one."""
        is_large = len(self.choices) > GLOP_CELLS
        left = settled(month, relaxed, self.left() * WITHIN_SUPPORT, over) if is_large else None
        if left is None or not self._search_within(left, limits, over):
            self._search_within(relaxed.support, limits, over)
        self.has_led.set()
        self.has_pointed.set()
        while not is_large and not self.has_stalled.wait(0.05) and not over():
            pass
        if not over():
            Totals(month, relaxed, self.left(), over).raise_bound(self.kept.raise_bound)
        if is_large:
            # With more than one worker to spare CP-SAT searches the whole month in the end, from many sides at once.
            is_spare = limits.workers > 1
            self._improve_by_parts(lambda: over() or (is_spare and self.has_stalled.is_set()), self.options.seed + 1)

    def _search_within(self, support: Sequence[tuple[State, ...]], limits: Limits, cancelled: Cancelled) -> bool:
        """Takes the best schedule among these choices; False where there is none, or not in time. It says nothing about the others, so its bound is left
        alone."""
        if cancelled():
            return False
        encoder = self._month_of(support, cancelled)
        # Whoever improves the schedule part by part waits for the first one from here: in a large month, where that takes seconds, on both cores.
        workers = limits.workers + 1 if len(self.choices) > GLOP_CELLS else limits.workers
        within = replace(limits, workers=workers, seconds=max(0.05, self.left() * WITHIN_SUPPORT))
        return self._solve(encoder, "soft", within, cancelled, is_whole=False).found

    def _is_over(self, prover: Prover) -> bool:
        """Nothing is left to be found, or nobody wants it."""
        return self.gives_up() or prover.has_failed or self.kept.is_proved

    def _anneal(self, prover: Prover) -> None:
        search = Search(self.compiled, self.choices, self.options.seed)
        search.scorer.put_all(dict(enumerate(self.kept.states())))
        started, seconds = time.monotonic(), self.left() * ANNEALING
        told = started

        def progress() -> float:
            over = seconds <= 0 or self._is_over(prover)
            return 1.0 if over else (time.monotonic() - started) / seconds

        def better(states: Sequence[State]) -> None:
            nonlocal told
            if time.monotonic() - told > 0.5:
                told = time.monotonic()
                self.kept.found(states)

        search.anneal(progress, better)
        search.descend(lambda: self._is_over(prover) or self.left() < 0.5)
        self.kept.found(search.scorer.states)

    def _improve_by_parts(self, over: Cancelled, seed: int) -> None:
        """Part by part, each from the best schedule there is: another thread may be at it too."""
        if self.left() < MARGIN_SECONDS or over():
            return
        # How long a part takes on the clock depends on who else is at work; how much work it is does not.
        limits = replace(self._limits(1.0), workers=1, seed=seed, deterministic=PART_WORK)
        own = Scorer(self.problem, compiled=self.compiled)
        parts = Neighbourhoods(self.compiled, self.choices, own, limits, self.strict, self.kept.hard_bound)
        in_vain = 0
        for free in parts.parts():
            if self.left() < 0.3 or over():
                return
            own.put_all(dict(enumerate(self.kept.states())))
            in_vain += 1
            if parts.improve(free, self.left, over):
                self.kept.found_in({cell: own.states[cell] for cell in free})
                in_vain = 0
            if in_vain >= STALLED:
                self.has_stalled.set()
                parts.widen()
                in_vain = 0

    def _solve(
        self,
        encoder: Encoder,
        phase: str,
        limits: Limits,
        cancelled: Cancelled,
        on_bound: OnBound = ignore_bound,
        *,
        is_whole: bool = True,
    ) -> Outcome:
        """``is_whole``: the model has all choices, so that its bound says something of every schedule."""

        def heard(objective: float, bound: float, value: Value) -> None:
            if self.kept.take_better(encoder.read(value)):
                self.kept.tell(phase, objective, bound if is_whole else 0)
                if phase == "soft":
                    self.has_led.set()

        outcome = run(encoder.model, limits, heard, cancelled, on_bound)
        if outcome.found:
            self.kept.take_better(encoder.read(outcome.solver.value))
        return outcome

    def _status(self) -> Status:
        if self.cancelled():
            return Status.CANCELLED
        if self.kept.hard_bound > 0:
            return Status.INFEASIBLE
        return Status.OPTIMAL if self.kept.is_proved and self.kept.score.hard == 0 else Status.FEASIBLE

    def _result(self) -> Result:
        kept = self.kept
        kept.end()
        best = kept.best
        values, covering = best.values(), best.covering()
        return Result(
            status=self._status(),
            values=values,
            covering=covering,
            score=best.score,
            violations=best.violations(),
            bound=min(kept.bound, best.score.objective),
            hard_bound=min(kept.hard_bound, best.score.hard),
            elapsed=kept.elapsed,
            first_elapsed=kept.first_elapsed,
            changed=changed_cells(self.problem, values, covering),
            compiled=self.compiled,
        )


def _until(limits: Limits, moment: float, share: float = 1.0) -> Limits:
    """The same with the seconds until that moment, or a share of them."""
    return replace(limits, seconds=max(0.05, (moment - time.monotonic()) * share))


def generate(problem: Problem, on_progress: OnProgress = ignore, cancelled: Cancelled = never) -> Result:
    """The best schedule that the problem's time limit allows.

    ``on_progress`` is called at each better schedule (from the solver's threads), ``cancelled`` is asked often; when it
    answers True the best schedule so far is returned within moments.
    """
    return Generation(problem, on_progress, cancelled).run()
