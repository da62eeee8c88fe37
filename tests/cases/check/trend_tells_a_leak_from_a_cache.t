Growth in every step is a leak; growth that slows down is a cache that fills up.
--- file make.py
for g, counts in enumerate([(100, 100, 500, 100, 300, 0, 0, 80), (200, 500, 501, 300, 200, 0, 60, 0),
                            (300, 600, 502, 200, 100, 90, 120, 0)]):
    names = ("Leak", "Cache", "Flat", "Sawtooth", "Shrinking", "New", "Monotonic", "Gone")
    lines = []
    for name, count in zip(names, counts):
        address, held = 1000 + 16000 * names.index(name), []
        for i in range(count):
            lines.append('{"address": %d, "type": "%s", "size": 10, "refs": []}' % (address, name))
            held.append(address)
            address += 16
        lines.append('{"address": %d, "type": "list", "size": 1, "len": %d, "refs": %s}'
                     % (8 + names.index(name), len(held), held))
    open("%d.json" % g, "w").write("\n".join(lines) + "\n")
--- cmd
python3 make.py; memsee -q -f csv -e "read 0.json 1.json 2.json" "trend min count 0" "trend of bytes per 100 top 1" "leaks" "leaks min count 500" "leaks 1 2"
--- stdout
type,verdict,g1,g2,g3,growth,slope
Leak,monotonic,100,200,300,200,100.0
Monotonic,monotonic,0,60,120,120,60.0
New,new,0,0,90,90,45.0
Sawtooth,net-up,100,300,200,100,50.0
Cache,saturating,100,500,600,500,250.0
Flat,flat,500,501,502,2,1.0
Shrinking,shrinking,300,200,100,-200,-100.0
Gone,gone,80,0,0,-80,-40.0
(total),saturating,1188,1769,1920,732,366.0

type,verdict,g1,g2,g3,growth,slope,bytes_per_unit
Leak,monotonic,1000,2000,3000,2000,1000.0,10.0
(total),saturating,11808,17618,19128,7320,3660.0,36.6

class,state,verdict,growth,g1,g2,g3,bytes_growth,module,signature,address
Leak,new,monotonic,200,100,200,300,2000,,list [] Leak,2600
Monotonic,new,monotonic,120,0,60,120,1200,,list [] Monotonic,97000

class,state,verdict,growth,g1,g2,g3,bytes_growth,module,signature,address

class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
Cache,new,monotonic,400,100,500,4000,,list [] Cache,18600
Sawtooth,new,monotonic,200,100,300,2000,,list [] Sawtooth,50600
Leak,new,monotonic,100,100,200,1000,,list [] Leak,2600
Monotonic,new,new,60,0,60,600,,list [] Monotonic,97000
