"""The national social security card platform (全国社保卡服务平台), simulated.

Here: everything it does between its two queues. It knows of the city its queues, its own key and
the key under which only the city reads.
"""
