// The matching of two sides that saves the most: which short call is margined with which short put, and which
// is covered by shares.
#pragma once

#include <span>
#include <vector>

namespace tidemark::margin {

/// Savings of one unit of left i matched with one unit of right j, row by row; 0 or less is never used.
struct MatchTable {
    std::vector<double> left, right;  // units there are on each side
    std::vector<double> saving;       // left.size() x right.size()
};

/// The largest total saving: longest augmenting paths through the transportation network, one after another.
double largest_saving(const MatchTable& table);

}  // namespace tidemark::margin
