#include "pricing/contract.hpp"

namespace tidemark::pricing {

double contract_value(const Contract& contract, Price price, Price entry, double std_dev) {
    switch (contract.kind) {
        case ContractKind::perp:
        case ContractKind::future:
            return future_gain(contract.payoff, entry, price);
        case ContractKind::option:
            return option_value(contract.payoff, price, contract.strike, std_dev, contract.option_type);
        case ContractKind::spot:
            break;
    }
    return price.value();
}

}  // namespace tidemark::pricing
