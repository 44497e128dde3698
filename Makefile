.DEFAULT_GOAL := help
.PHONY: help build test format serve demo interleavings change-log list analytics search failovers migration faults faults-long faults-redis without-redis upgrade standby restore mutants test-bench browser bench test-servers check-compose check-dockerfile check-readme check-launcher walk round-trip clean

help: ## show what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## compile everything and make what ./verbatim runs, without tests
	@./verbatim --version

test: ## all tests and checks, as CI runs them
	mvn -B verify

format: ## put all Java into the project's format
	mvn -B -q spotless:apply

serve: ## start the service with embedded PostgreSQL and Redis
	@./verbatim serve

demo: ## see it work by itself, in under a minute
	@./verbatim demo

interleavings: ## every order of steps in larger scenarios, with the real scripts on a real Redis
	mvn -B -ntp -pl testkit -am test -Dtest=EveryInterleavingTest -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

change-log: ## how long a look at the change log takes beside 500,000 rows and an old transaction, on a real PostgreSQL
	mvn -B -ntp -pl testkit -am test -Dtest.jit= -Djacoco.skip=true -Dtest=ChangeLogBench -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

search: ## how long searches take, and how much slower writing is with search; SEARCH_PERCENT=1 for a small try
	mvn -B -ntp -pl testkit -am test -Dtest.jit= -Djacoco.skip=true -Dtest=SearchBench -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

list: ## how long each page of the list of a user's 10,000 conversations takes, on a real PostgreSQL
	mvn -B -ntp -pl testkit -am test -Dtest.jit= -Djacoco.skip=true -Dtest=ListBench -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

analytics: ## what analytics take beside 10,000,000 query logs of a year, on a real PostgreSQL; ANALYTICS_PERCENT=1 for a small try
	mvn -B -ntp -pl testkit -am test -Dtest.jit= -Djacoco.skip=true -Dtest=AnalyticsBench -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

failovers: ## the store on a Redis Cluster, and while a primary of Redis is replaced
	mvn -B -ntp -pl testkit -am test -Dtest.forks=1 -Dtest=ClusterHistoryStoreTest,FailoverTest -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

migration: ## from sessions in memory to PostgreSQL and back, with processes under load: nothing acknowledged may be lost
	mvn -B -ntp -pl server -am test -Dtest=MigrationWalkTest -Dsurefire.failIfNoSpecifiedTests=false -Dexcluded.tests=none

faults: ## two services under load while each kind of fault happens once; SEED=n repeats a schedule
	@.ci/faults short $(SEED)

faults-long: ## the same with 300 faults and a million operations
	@.ci/faults long $(SEED)

standby: ## the primary is lost and a standby promoted, synchronous and asynchronous (PostgreSQL 15 of the system)
	@.ci/faults standby $(SEED)

restore: ## a dump is restored under running services (PostgreSQL 15 of the system)
	@.ci/faults restore $(SEED)

faults-redis: ## two services on a Redis Cluster, then on a Redis with sentinels, while primaries fail over
	@.ci/faults cluster $(SEED)
	@.ci/faults sentinel $(SEED)

upgrade: ## services of an older version and of this one side by side, in both orders, under load
	@.ci/faults upgrade $(SEED)

without-redis: ## a thousand calls a second while Redis is away for half a minute: none may fail
	@.ci/faults without-redis $(SEED)

mutants: ## services that are wrong on purpose, each of which the fault runs must find
	@.ci/faults mutants $(SEED)

test-bench: ## that what is measured does what it says
	mvn -B -ntp -P bench -pl bench -am test -Dtest.jit= -Djacoco.skip=true -Dtest='dev.verbatim.bench.**' -Dsurefire.failIfNoSpecifiedTests=false

browser: ## the web pages in a real browser (chromium); pictures of each go to target/screenshots
	@.ci/browser

bench: ## measure it beside others and beside the limits of this machine
	@./verbatim bench

test-servers: ## the store's tests against PostgreSQL 15 and Redis 7.0 of the system, on ports of their own
	@.ci/test-servers

check-compose: ## hold compose.yaml to the schema of the Compose Specification
	@.ci/check-compose

check-dockerfile: ## run the Dockerfile's RUN lines as shell in a scratch directory
	@.ci/check-dockerfile

check-readme: ## run the README's own commands
	@.ci/check-readme

check-launcher: ## what ./verbatim says and does on unusual machines
	@.ci/check-launcher

walk: ## the walk of a new user: serve, import, chat, kill, start again, compare every message
	@.ci/walk

round-trip: ## what was imported and exported is as it was, and how fast that went; FILES="..." for files of your own
	@.ci/round-trip $(FILES)

clean: ## remove what was built; the data directory stays
	mvn -B -q clean
