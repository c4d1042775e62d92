# Two commands for a fresh machine: `make demo` and `make test`. Prerequisites: README.md.
PREFIX ?= /usr/local
DESTDIR ?=
CARGO ?= cargo

BIN := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share
MODELS := models/ggml-base-q8_0.bin models/ggml-silero-v6.2.0.bin models/dnsmos-p835-sig_bak_ovr.onnx \
	models/ge2e-speaker-encoder.onnx \
	models/README.md models/manifest.toml

.PHONY: help demo build test test-browser test-all audit prerequisites install uninstall clean

help:
	@echo 'make demo                 build, analyse the sample calls, print where the report is'
	@echo 'make test                 format check, lints and the whole test suite'
	@echo 'make test-browser         the pages in a real browser (Chromium): use, reviews, accessibility, weight'
	@echo 'make audit                advisories, licences and sources of all crates (needs cargo-deny)'
	@echo 'make install PREFIX=DIR   program, models, man page and completions (default /usr/local)'
	@echo 'make uninstall PREFIX=DIR take them away again'

prerequisites:
	@sh deploy/prerequisites.sh

build: prerequisites
	$(CARGO) build --release --locked

demo: build
	./target/release/callvet analyze samples --out target/demo

test: prerequisites
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked --no-default-features -- -D warnings
	$(CARGO) test --locked

# Advisories are fetched from the network. Needs cargo-deny (`cargo install cargo-deny --locked`).
audit:
	$(CARGO) deny check

# The program, built with its tests, makes the pages; a Chromium without a window uses them: tests/browser/README.md.
test-browser: prerequisites
	@sh deploy/browser.sh
	$(CARGO) test --locked --test it browser::write_the_pages -- --ignored
	cd tests/browser && npm test

# What needs more than the prerequisites (other engines) is added here as it comes.
test-all: test test-browser

install: build
	install -d $(BIN) $(SHARE)/callvet/models $(SHARE)/man/man1 $(SHARE)/bash-completion/completions
	install -m 755 target/release/callvet $(BIN)/callvet
	install -m 644 $(MODELS) $(SHARE)/callvet/models/
	install -m 644 sbom.cdx.json $(SHARE)/callvet/
	./target/release/callvet man > $(SHARE)/man/man1/callvet.1
	./target/release/callvet completions bash > $(SHARE)/bash-completion/completions/callvet

uninstall:
	rm -f $(BIN)/callvet $(SHARE)/man/man1/callvet.1 $(SHARE)/bash-completion/completions/callvet
	rm -rf $(SHARE)/callvet

clean:
	$(CARGO) clean
