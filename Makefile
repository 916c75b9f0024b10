# Meson and Ninja do the work; these are the words for it. `./run` first: it installs what is needed.
.PHONY: all dev check bench soak deb clean
all: build/build.ninja
	ninja -C build
build/build.ninja:
	CC=gcc meson setup build
# Builds and starts again at each save, and when a file comes or goes (entr ends, the loop goes on).
dev: build/build.ninja
	while :; do find src migrations tools web -path web/node_modules -prune -o -type f -print | \
		entr -d -r sh -c 'ninja -C build --quiet hoctap && exec build/hoctap serve --data data'; [ $$? = 2 ] || break; done
check: build/build.ninja
	ninja -C build --quiet hoctap hoctap-tests && tools/lint build && build/hoctap-tests
bench: all
	[ -d bench/node_modules ] || npm ci --silent --prefix bench
	set -e; for b in build/bench/bench-*; do [ ! -f $$b ] || $$b; done; for b in bench/*.sh; do bash $$b build; done
# Pages at 20,000 and at 2.4 million people: half an hour, 25 GB of disk.
bench-large: all
	SIZES="20000 2400000" bash bench/bench_pages.sh build
# Hours. Each line says what it ran and how long; the first that fails ends it.
soak: all
	bash tests/soak.sh
deb: all
	packaging/make-deb build
clean:
	rm -rf build build-*
