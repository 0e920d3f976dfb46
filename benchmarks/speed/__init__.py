"""How fast sentences are translated here, and by what people would use instead. `make bench` runs it all.

    python -m benchmarks.speed all        everything below but the GPU, within --minutes
    python -m benchmarks.speed run        words a second, memory and cold start, as ratios in one run
    python -m benchmarks.speed stages     where the time of a large job goes
    python -m benchmarks.speed startup    how long a command takes from nothing
    python -m benchmarks.speed limit      what the machine could do at best, and where we are
    python -m benchmarks.speed gpu        the table for a GPU, unattended, in under 8 minutes
    python -m benchmarks.speed report     the tables and the plot of what was measured before

Every system runs in a process of its own, loads the same weights, gets the same sentences in the same order
and keeps its own way of batching. Systems take turns, sentence set by sentence set, so that a busy moment of
the machine meets all of them. Tokenisation is inside the clock, loading is not: it is the cold start.
"""
