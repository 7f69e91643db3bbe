#include "margin/model/judged_account.hpp"

namespace tidemark::margin {

Result<JudgedAccount> JudgedAccount::make(const policy::Document& document, const market::Market& market) {
    auto model = make_model(document, market);
    if (!model) return model.error();
    return JudgedAccount{document, market, *std::move(model)};
}

Status JudgedAccount::judge() {
    if (Status judged = margin::judge(*model_, sets_.all()); !judged) return judged;
    if (!whole()) total_ = sum_of(sets(), market_->as_of());
    return Ok{};
}

}  // namespace tidemark::margin
