A signature has no indexes and addresses: the growing leak has one text in all three dumps, so it can be followed.
--- use leaky_py27_0.json.gz
leaky_py27_1.json.gz
leaky_py27_2.json.gz
--- cmd
for i in 0 1 2; do
memsee -q -f csv -e "read leaky_py27_$i.json.gz" "signatures to \"type = 'UploadHandler'\"" 'echo -' | cut -d, -f1,3 | sed -n 2p
done
--- stdout
20,module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler
120,module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler
220,module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler
