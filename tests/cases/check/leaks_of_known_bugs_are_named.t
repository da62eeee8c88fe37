Leaks after public bug reports: text that gets longer, a receiver for each request, a chain of errors, a cache without end, classes made per call. Each is one leak, with the right class and number.
--- unless valgrind
--- use leaks/bytes-growth_0.json.gz as bytes_0.json.gz
--- use leaks/bytes-growth_1.json.gz as bytes_1.json.gz
--- use leaks/nested-tuples_0.json.gz as nested_0.json.gz
--- use leaks/nested-tuples_1.json.gz as nested_1.json.gz
--- use leaks/chain-suspects_0.json.gz as chain_0.json.gz
--- use leaks/chain-suspects_1.json.gz as chain_1.json.gz
--- use leaks/suspects-one-owner_0.json.gz as cache_0.json.gz
--- use leaks/suspects-one-owner_1.json.gz as cache_1.json.gz
--- use leaks/types-suspects_0.json.gz as types_0.json.gz
--- use leaks/types-suspects_1.json.gz as types_1.json.gz
--- use leaks/bytes-growth.json.gz as bytes_2.json.gz
--- use leaks/nested-tuples.json.gz as nested_2.json.gz
--- use leaks/chain-suspects.json.gz as chain_2.json.gz
--- use leaks/suspects-one-owner.json.gz as cache_2.json.gz
--- use leaks/types-suspects.json.gz as types_2.json.gz
--- cmd
for i in bytes nested chain cache types; do memsee -q leak-check ${i}_[012].json.gz 2>/dev/null >report.md; echo status $?; sed -n 3,7p report.md; done
memsee -q leak-check bytes_[01].json.gz 2>/dev/null | sed -n 3,5p
--- stdout
status 1
1 leak in 3 dumps:

str in Converter .outtext +900000 bytes (270049, 720049, 1170049): monotonic

`held by module __main__ .conv Converter .outtext str`
status 1
1 leak in 3 dumps:

HttpRequest +200 (60, 160, 260): monotonic, 186160 bytes with all that hangs on it

`held by module __main__ .pre_save ModelSignal .receivers list [] tuple [] function .__closure__ tuple <closure request> cell .cell_contents HttpRequest`
status 1
1 leak in 3 dumps:

RetryError +200 (60, 160, 260): monotonic, each held by another, 207200 bytes with all that hangs on it

`held by module __main__ .worker Worker .last RetryError .__cause__ RetryError*`
status 1
1 leak in 3 dumps:

RepoClient +200 (60, 160, 260): monotonic, 215200 bytes with all that hangs on it

`held by module __main__ .RepoClient class RepoClient .listing functools._lru_cache_wrapper [] tuple [] RepoClient`
status 1
1 leak in 3 dumps:

type +200 (60, 160, 260): monotonic, 411400 bytes with all that hangs on it

`held by module __main__ .Model class Model ._registry list [] type`
1 leak in 2 dumps:

str in Converter .outtext +450000 bytes (270049, 720049): monotonic
