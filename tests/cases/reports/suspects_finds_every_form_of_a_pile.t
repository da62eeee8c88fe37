The first line names each pile by the program's own words: a chain, classes made without end, the program's class among tuples, one cache as one pile, one text that only grows.
--- use leaks/chain-suspects.json.gz as chain.json.gz
--- use leaks/types-suspects.json.gz as types.json.gz
--- use leaks/nested-tuples.json.gz as tuples.json.gz
--- use leaks/suspects-one-owner.json.gz as cache.json.gz
--- use leaks/bytes-growth.json.gz as text.json.gz
--- cmd
for d in chain types tuples cache text; do memsee -q suspects $d.json.gz > report.md && sed -n 3p report.md; done
--- stdout
Suspects: `260 RetryError in a chain under __main__.worker.last, the .last of class Worker (module __main__), 46.9 % of the heap, 269,360 bytes; 40 bytes objects in __main__.TABLE, 52.3 % of the heap, 300,360 bytes`.
Suspects: `260 type in __main__.Model._registry, the ._registry of class __main__.Model, 63.9 % of the heap, 536,956 bytes; 40 bytes objects in __main__.TABLE, 35.7 % of the heap, 300,360 bytes`.
Suspects: `260 HttpRequest of 260 tuple in __main__.pre_save.receivers, the .receivers of class ModelSignal, 28.8 % of the heap, 244,540 bytes; 40 bytes objects in __main__.TABLE, 70.8 % of the heap, 600,360 bytes`.
Suspects: `260 RepoClient of 260 list in __main__.RepoClient.listing, the .listing of class __main__.RepoClient, 32.6 % of the heap, 191,360 bytes; 40 bytes objects in __main__.TABLE, 51.1 % of the heap, 300,360 bytes`.
Suspects: `1 str, __main__.conv.outtext, the .outtext of class Converter (module __main__), 66.0 % of the heap, 1,170,049 bytes; 40 bytes objects in __main__.TABLE, 33.9 % of the heap, 600,360 bytes`.
