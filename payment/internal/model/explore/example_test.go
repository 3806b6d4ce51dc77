package explore_test

import (
	"fmt"

	"courts.example/eservices/payment/internal/model/explore"
)

// counter is a number that two processes raise by one each: a process reads it, and later writes what it read and one more.
type counter struct {
	number  int
	process [2]process
}

type process struct {
	read int
	done bool
}

func Example() {
	r, err := explore.Run(explore.System[counter, string]{
		Start: []counter{{number: 1}},
		Moves: func(s counter, emit func(move string, fair bool, next counter)) {
			for i, p := range s.process {
				n := s
				switch {
				case p.done:
				case p.read == 0:
					n.process[i].read = s.number
					emit(fmt.Sprintf("process %d reads", i+1), true, n)
				default:
					n.number, n.process[i].done = p.read+1, true
					emit(fmt.Sprintf("process %d writes", i+1), true, n)
				}
			}
		},
		End: func(s counter, broken func(explore.Fault)) {
			if s.number != 3 {
				broken("an increase is lost")
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.States, "states")
	fmt.Print(r.Story("an increase is lost"))
	// Output:
	// 13 states
	//   0  start                                        {1 [{0 false} {0 false}]}
	//   1  process 1 reads                              {1 [{1 false} {0 false}]}
	//   2  process 2 reads                              {1 [{1 false} {1 false}]}
	//   3  process 1 writes                             {2 [{1 true} {1 false}]}
	//   4  process 2 writes                             {2 [{1 true} {1 true}]}
	//      => an increase is lost
}
