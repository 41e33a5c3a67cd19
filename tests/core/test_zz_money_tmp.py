import time
from datetime import timedelta
from tests.conftest import PLANT_NOW, run_on
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.power import *
from enms_core.analysis.demand import demand_window
from enms_core.domain.period import Period
def test_b(plant_url):
    async def w(st):
        c=await load_catalogue(st.registers); ids=[m.id for m in c.machines]
        s=c.source("electricity")
        w=demand_window(Period(PLANT_NOW-timedelta(days=365),PLANT_NOW),900)
        y=demand_window(Period(PLANT_NOW-timedelta(days=1),PLANT_NOW),900)
        db=st.readings
        async def t(n,f):
            b=9
            for _ in range(5):
                x=time.perf_counter(); await f(); b=min(b,time.perf_counter()-x)
            print(n,round(b*1e3,1))
        for k in (11,1):
            await t(f"{k} together",lambda:coincident_demand(db,s,ids[:k],w))
            await t(f"{k} each",lambda:machine_demands(db,s,ids[:k],w))
            await t(f"{k} together yesterday",lambda:coincident_demand(db,s,ids[:k],y))
            A=(ids[:k],w.start,w.end)
            await t("bare",lambda:db.fetch('select bucket,sum(energy_kwh_sum)*4 q from enms."energy_readings_15min" where machine_id=any($1) and bucket>=$2 and bucket<$3 group by 1 order by 2 desc limit 1',*A))
    run_on(plant_url,w)
