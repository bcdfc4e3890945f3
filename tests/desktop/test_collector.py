"""The cycle collector looks at old objects only while no job runs."""

import gc
import sys
import weakref

from desktop.app import make
from desktop.collector import IdleCollector


class Knot:
    def __init__(self):
        self.self = self


def test_old_cycles_go_when_no_job_runs_and_the_thresholds_come_back(jobs):
    before = gc.get_threshold()
    collector = IdleCollector(jobs)
    assert gc.get_threshold()[2] > 10_000
    knot = Knot()
    there = weakref.ref(knot)
    del knot
    gc.collect(1)
    collector._look()
    assert there() is None
    collector.stop()
    assert gc.get_threshold() == before


def test_a_job_gives_way_to_the_windows_thread_within_a_millisecond(qapp):
    make()
    assert sys.getswitchinterval() <= 0.001
