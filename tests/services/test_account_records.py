from concurrent.futures import ThreadPoolExecutor

from academy.services.account_records import Account, account_of_name, every_account, put_account


def test_of_many_who_want_a_name_at_once_one_has_it(records):
    wanted = [Account("Ada", f"learner-{number:04}", None) for number in range(20)]
    with ThreadPoolExecutor(8) as several:
        kept = set(several.map(lambda account: put_account(records, account), wanted))
    assert len(kept) == 1
    assert kept == {account_of_name(records, "ADA")} == set(every_account(records))
