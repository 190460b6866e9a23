"""`/api/operator`: what the console can do, for programs."""

from fastapi import APIRouter

from merchant_app.server.api.operator import campaigns, money, places, report

router = APIRouter()
for _part in (campaigns, report, places, money):
    router.include_router(_part.router)
